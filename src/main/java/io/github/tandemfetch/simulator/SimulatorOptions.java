package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;

/**
 * The options of a simulated Tandem Source. Equal options give equal histories, byte for byte; keys, tokens, codes and
 * cookies are new at each start.
 *
 * @param port the TCP port on 127.0.0.1, 0 for any free one
 */
public record SimulatorOptions(int port, Login login, History history) {
    /** The approximate number of events a pump logs in a day; histories vary by a few per cent. */
    public static final int EVENTS_PER_DAY = 650;

    private static final int MOST_PUMPS = 3;

    /**
     * The account and its login.
     *
     * @param region {@code US} or {@code EU}; selects the client id
     * @param tokenLifetime the lifetime of an access token
     * @param attempts the number of consecutive wrong passwords that lock the account
     */
    record Login(String region, String email, String password, Duration tokenLifetime, int attempts) {
        Login {
            Objects.requireNonNull(email, "email");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(tokenLifetime, "tokenLifetime");
            region = Objects.requireNonNull(region, "region").toUpperCase(Locale.ROOT);
            require(region.equals("US") || region.equals("EU"), "region must be US or EU");
            require(attempts >= 1, "loginAttempts must be 1 or more");
        }
    }

    /**
     * The pumps and their histories.
     *
     * @param seed the seed of the random generators
     * @param days the initial days of history per pump; features that need more days are left out
     * @param lastDay the last day of the current pump's history, in the person's zone
     * @param zone the person's IANA time zone
     * @param pumps the number of pumps with events: 1 the current one (G7), 2 also a retired one (G6) that ended when the
     *     current began, 3 also a second active one (G6); a pump that never uploaded is always listed in addition
     * @param plainClock whether the pump's clock follows the zone's rules to the second
     * @param timeStep the simulated time that passes with each request for the pumps, which upload every hour of it;
     *     zero for none
     */
    record History(
            long seed, int days, LocalDate lastDay, ZoneId zone, int pumps, boolean plainClock, Duration timeStep) {
        History {
            Objects.requireNonNull(lastDay, "lastDay");
            Objects.requireNonNull(zone, "zone");
            require(days >= 1, "days must be 1 or more");
            require(pumps >= 0 && pumps <= MOST_PUMPS, "pumpsWithHistory must be 0 to 3");
            require(!timeStep.isNegative(), "timeStep must not be negative");
        }
    }

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException where a value of the options is out of range
     */
    public SimulatorOptions {
        require(port >= 0 && port <= 65535, "port must be 0 to 65535");
    }

    /** Two pumps with 30 days each, one that never uploaded, in New York, in the US region. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                new Login("US", "sam.demo@example.org", "correct horse battery staple", Duration.ofHours(8), 5),
                new History(1, 30, LocalDate.of(2026, 11, 15), ZoneId.of("America/New_York"), 2, false, Duration.ZERO));
    }

    public long seed() {
        return history.seed;
    }

    public int days() {
        return history.days;
    }

    public LocalDate lastDay() {
        return history.lastDay;
    }

    public ZoneId zone() {
        return history.zone;
    }

    public int pumpsWithHistory() {
        return history.pumps;
    }

    public boolean plainClock() {
        return history.plainClock;
    }

    public Duration timeStep() {
        return history.timeStep;
    }

    public String region() {
        return login.region;
    }

    public String email() {
        return login.email;
    }

    public String password() {
        return login.password;
    }

    public SimulatorOptions withPort(int newPort) {
        return new SimulatorOptions(newPort, login, history);
    }

    public SimulatorOptions withSeed(long seed) {
        History h = history;
        return with(new History(seed, h.days, h.lastDay, h.zone, h.pumps, h.plainClock, h.timeStep));
    }

    public SimulatorOptions withDays(int days) {
        History h = history;
        return with(new History(h.seed, days, h.lastDay, h.zone, h.pumps, h.plainClock, h.timeStep));
    }

    /** As many days as it takes for the number of events over all pumps, within a few per cent. */
    public SimulatorOptions withEventsAbout(long events) {
        long perDay = (long) EVENTS_PER_DAY * Math.max(1, history.pumps);
        return withDays((int) Math.max(1, (events + perDay - 1) / perDay));
    }

    public SimulatorOptions withLastDay(LocalDate lastDay) {
        History h = history;
        return with(new History(h.seed, h.days, lastDay, h.zone, h.pumps, h.plainClock, h.timeStep));
    }

    public SimulatorOptions withZone(ZoneId zone) {
        History h = history;
        return with(new History(h.seed, h.days, h.lastDay, zone, h.pumps, h.plainClock, h.timeStep));
    }

    public SimulatorOptions withPumpsWithHistory(int pumps) {
        History h = history;
        return with(new History(h.seed, h.days, h.lastDay, h.zone, pumps, h.plainClock, h.timeStep));
    }

    public SimulatorOptions withPlainClock(boolean plainClock) {
        History h = history;
        return with(new History(h.seed, h.days, h.lastDay, h.zone, h.pumps, plainClock, h.timeStep));
    }

    public SimulatorOptions withTimeStep(Duration timeStep) {
        History h = history;
        return with(new History(h.seed, h.days, h.lastDay, h.zone, h.pumps, h.plainClock, timeStep));
    }

    public SimulatorOptions withRegion(String region) {
        return with(new Login(region, login.email, login.password, login.tokenLifetime, login.attempts));
    }

    public SimulatorOptions withAccount(String email, String password) {
        return with(new Login(login.region, email, password, login.tokenLifetime, login.attempts));
    }

    public SimulatorOptions withTokenLifetime(Duration tokenLifetime) {
        return with(new Login(login.region, login.email, login.password, tokenLifetime, login.attempts));
    }

    public SimulatorOptions withLoginAttempts(int attempts) {
        return with(new Login(login.region, login.email, login.password, login.tokenLifetime, attempts));
    }

    private SimulatorOptions with(History changed) {
        return new SimulatorOptions(port, login, changed);
    }

    private SimulatorOptions with(Login changed) {
        return new SimulatorOptions(port, changed, history);
    }

    /** Leaves out the account. */
    @Override
    public String toString() {
        return "SimulatorOptions[port=" + port + ", region=" + login.region + ", " + history + "]";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
