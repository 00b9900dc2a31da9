package io.github.tandemfetch.source;

import java.util.List;

/**
 * The person's pumps and glucose thresholds. Name and date of birth are sent too; nothing here needs them.
 *
 * @param country the account's country, or null
 * @param lowGlucoseThreshold mg/dL, or null
 * @param highGlucoseThreshold mg/dL, or null
 * @param pumps all pumps, retired ones too, in the order of the service
 * @param unusable the pumps that are listed in a way by which they cannot be fetched
 */
public record Pumper(
        String country,
        Double lowGlucoseThreshold,
        Double highGlucoseThreshold,
        List<Pump> pumps,
        List<UnusablePump> unusable) {
    public Pumper {
        pumps = List.copyOf(pumps);
        unusable = List.copyOf(unusable);
    }
}
