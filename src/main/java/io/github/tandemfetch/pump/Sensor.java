package io.github.tandemfetch.pump;

import java.util.Optional;

/** The glucose sensors whose readings a pump logs, each under an event code of its own. */
public enum Sensor {
    /** Dexcom G6. */
    G6(256, "G6"),
    /** Dexcom G7. */
    G7(399, "G7"),
    /** FreeStyle Libre 2. */
    LIBRE_2(372, "Libre 2"),
    /** FreeStyle Libre 3. */
    LIBRE_3(480, "Libre 3");

    private final int eventCode;
    private final String label;

    Sensor(int eventCode, String label) {
        this.eventCode = eventCode;
        this.label = label;
    }

    /** The code of this sensor's reading events. */
    public int eventCode() {
        return eventCode;
    }

    /** The name in the database and in exports, such as {@code G7}. */
    public String label() {
        return label;
    }

    /** The sensor of a reading event; empty for any other code. */
    public static Optional<Sensor> ofEventCode(int eventCode) {
        for (Sensor sensor : values()) {
            if (sensor.eventCode == eventCode) {
                return Optional.of(sensor);
            }
        }
        return Optional.empty();
    }
}
