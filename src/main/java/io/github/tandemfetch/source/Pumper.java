package io.github.tandemfetch.source;

import java.util.List;

/**
 * The person's pumps and glucose thresholds. Name and date of birth are sent too; nothing here needs them.
 *
 * @param country the account's country, or null
 * @param lowGlucoseThreshold mg/dL, or null
 * @param highGlucoseThreshold mg/dL, or null
 * @param pumps all pumps, retired ones too, in the order of the service
 * @param unusable what is wrong with each pump that is listed in a way that does not let it be fetched, a sentence each
 */
public record Pumper(
        String country,
        Double lowGlucoseThreshold,
        Double highGlucoseThreshold,
        List<Pump> pumps,
        List<String> unusable) {
    /** Copies the lists. */
    public Pumper {
        pumps = List.copyOf(pumps);
        unusable = List.copyOf(unusable);
    }
}
