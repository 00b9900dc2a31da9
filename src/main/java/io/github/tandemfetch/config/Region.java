package io.github.tandemfetch.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

    /** What to give for a region, for errors. */
    static final String ACCEPTED =
            "Give US, EU, or the code of the country that your account was made in, such as CA or GB.";

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

    /** ISO 3166 codes of the countries whose accounts are on the US hosts; the US and their territories among them. */
    private static final Set<String> COUNTRIES_OF_US = Set.of("US", "CA", "MX", "PR", "VI", "GU", "AS", "MP", "UM");

    /**
     * The region of this name or of a country, in capitals or not, with or without space around it.
     *
     * @param text such as {@code eu}, or an ISO 3166 country code such as {@code CA}; {@code UK} is Great Britain
     * @return the region, or empty for any other text
     */
    public static Optional<Region> named(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (COUNTRIES_OF_US.contains(name)) {
            return Optional.of(US);
        }
        boolean country =
                Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(name);
        return country || name.equals("EU") || name.equals("UK") ? Optional.of(EU) : Optional.empty();
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
                        ACCEPTED));
    }
}
