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
 * @param jobsDirectory {@code --jobs-dir}
 */
public record SettingOverrides(
        String database,
        String outputDirectory,
        String credentialsFile,
        String region,
        String timezone,
        String pumpSerial,
        String jobsDirectory) {
    /**
     * The flags of a command that knows nothing of jobs.
     *
     * @param database {@code --db}
     * @param outputDirectory {@code -o}, {@code --output-dir}
     * @param credentialsFile {@code --credentials}
     * @param region {@code --region}
     * @param timezone {@code --timezone}
     * @param pumpSerial {@code --pump}
     */
    public SettingOverrides(
            String database,
            String outputDirectory,
            String credentialsFile,
            String region,
            String timezone,
            String pumpSerial) {
        this(database, outputDirectory, credentialsFile, region, timezone, pumpSerial, null);
    }

    /**
     * No flags at all.
     *
     * @return every flag null
     */
    public static SettingOverrides none() {
        return new SettingOverrides(null, null, null, null, null, null);
    }

    /**
     * The same flags, with another region.
     *
     * @param otherRegion {@code --region}
     * @return the flags
     */
    public SettingOverrides withRegion(String otherRegion) {
        return new SettingOverrides(
                database, outputDirectory, credentialsFile, otherRegion, timezone, pumpSerial, jobsDirectory);
    }

    /**
     * The same flags, with one more.
     *
     * @param folder {@code --jobs-dir}
     * @return the flags
     */
    public SettingOverrides withJobsDirectory(String folder) {
        return new SettingOverrides(database, outputDirectory, credentialsFile, region, timezone, pumpSerial, folder);
    }
}
