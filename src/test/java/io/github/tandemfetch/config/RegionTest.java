package io.github.tandemfetch.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RegionTest {
    @ParameterizedTest
    @CsvSource({
        "US,US",
        "us,US",
        "' ca ',US",
        "MX,US",
        "PR,US",
        "EU,EU",
        "GB,EU",
        "uk,EU",
        "DE,EU",
        "AU,EU",
        "NZ,EU",
        "IL,EU",
        "ZA,EU"
    })
    void a_country_tells_its_region(String text, Region region) {
        assertThat(Region.named(text)).contains(region);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "USA", "Europe", "U", "EN"})
    void any_other_text_is_no_region(String text) {
        assertThat(Region.named(text)).isEmpty();
    }

    @Test
    void the_error_names_what_is_accepted() {
        assertThatThrownBy(() -> Region.parse("Mars"))
                .isInstanceOfSatisfying(ConfigurationException.class, failure -> assertThat(failure.remedy())
                        .isEqualTo("Give US, EU, or the code of the country that your account was made in,"
                                + " such as CA or GB."));
    }
}
