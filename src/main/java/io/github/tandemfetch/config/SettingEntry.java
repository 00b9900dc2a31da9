package io.github.tandemfetch.config;

/**
 * A setting as it may be shown.
 *
 * @param name the setting's name
 * @param value its value, masked where it is a secret or a person's; {@code "-"} where there is none
 * @param origin where it came from, in words
 */
public record SettingEntry(String name, String value, String origin) {}
