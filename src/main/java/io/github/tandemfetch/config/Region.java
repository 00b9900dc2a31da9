package io.github.tandemfetch.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two services of Tandem Source. There is no default: the wrong one looks exactly like a wrong password. */
public enum Region {
    /** The United States. */
    US(new Endpoints(
            "https://sso.tandemdiabetes.com/",
            "https://tdcservices.tandemdiabetes.com/accounts/api",
            "https://source.tandemdiabetes.com/",
            "0oa4wnbvtladeyVZX4h7",
            "https://sso.tandemdiabetes.com/auth/callback")),
    /** Europe and everywhere else. */
    EU(new Endpoints(
            "https://sso.tandemdiabetes.com/",
            "https://tdcservices.eu.tandemdiabetes.com/accounts/api",
            "https://source.eu.tandemdiabetes.com/",
            "1519e414-eeec-492e-8c5e-97bea4815a10",
            "https://source.eu.tandemdiabetes.com/authorize/callback"));

    private final Endpoints endpoints;

    Region(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * The region's own addresses.
     *
     * @return all of them
     */
    public Endpoints endpoints() {
        return endpoints;
    }

    /**
     * The region of this name, in capitals or not, with or without space around it.
     *
     * @param text such as {@code eu}
     * @return the region, or empty for any other text
     */
    public static Optional<Region> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(region -> region.name().equals(name))
                .findFirst();
    }

    /**
     * The region of this name, as {@link #named}.
     *
     * @param text such as {@code eu}
     * @return the region
     * @throws ConfigurationException for any other text
     */
    public static Region parse(String text) {
        return named(text)
                .orElseThrow(() -> new ConfigurationException(
                        ConfigurationException.SETTING_INVALID,
                        "\"" + SettingText.printable(text) + "\" is not a region of Tandem Source.",
                        "Give US or EU, whichever your account was made in."));
    }
}
