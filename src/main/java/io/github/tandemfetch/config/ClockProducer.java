package io.github.tandemfetch.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives the machine's clock to whoever needs to know the time, so that a test can give another. */
@Singleton
class ClockProducer {

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }
}
