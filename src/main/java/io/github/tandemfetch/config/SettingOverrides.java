package io.github.tandemfetch.config;

/**
 * The flags a command was given; null where a flag was not.
 *
 * @param database {@code --db}
 * @param outputDirectory {@code -o}, {@code --output-dir}
 * @param credentialsFile {@code --credentials}
 * @param region {@code --region}
 * @param timezone {@code --timezone}
 * @param pumpSerial {@code --pump}
 */
public record SettingOverrides(
        String database,
        String outputDirectory,
        String credentialsFile,
        String region,
        String timezone,
        String pumpSerial) {
    /**
     * No flags at all.
     *
     * @return every flag null
     */
    public static SettingOverrides none() {
        return new SettingOverrides(null, null, null, null, null, null);
    }
}
