package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a simulated Tandem Source is to be like. Equal options give equal histories, byte for byte; keys, tokens, codes
 * and cookies are new at each start.
 *
 * @param port the TCP port on 127.0.0.1, 0 for any free one
 * @param seed what the histories are derived from
 * @param days the length of each pump's history at the start, in days; features that need more days are left out
 * @param lastDay the last day of the current pump's history, in the person's zone
 * @param zone the person's IANA zone, whose wall clock the pump's clock is meant to show
 * @param region {@code US} or {@code EU}: which client id the accounts service accepts
 * @param email the account's user name
 * @param password the account's password
 * @param pumpsWithHistory how many pumps have events: 1 the current one (G7), 2 also a retired one (G6) that ended when
 *     the current began, 3 also a second active one (G6); a pump that never uploaded is always listed besides
 * @param plainClock true for a pump clock that follows the zone's rules to the second, without any oddity
 * @param tokenLifetime how long an access token is good for
 * @param loginAttempts how many wrong passwords in a row lock the account
 * @param timeStep how much simulated time passes with each request for the pumps, which are uploaded every hour of it;
 *     zero for none
 */
public record SimulatorOptions(
        int port,
        long seed,
        int days,
        LocalDate lastDay,
        ZoneId zone,
        String region,
        String email,
        String password,
        int pumpsWithHistory,
        boolean plainClock,
        Duration tokenLifetime,
        int loginAttempts,
        Duration timeStep) {

    /** About how many events a pump logs in a day; histories vary by some per cent. */
    public static final int EVENTS_PER_DAY = 650;

    private static final int MOST_PUMPS = 3;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException where a value is out of its range
     */
    public SimulatorOptions {
        Objects.requireNonNull(lastDay, "lastDay");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tokenLifetime, "tokenLifetime");
        region = Objects.requireNonNull(region, "region").toUpperCase(Locale.ROOT);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535");
        require(days >= 1, "days must be 1 or more");
        require(region.equals("US") || region.equals("EU"), "region must be US or EU");
        require(pumpsWithHistory >= 0 && pumpsWithHistory <= MOST_PUMPS, "pumpsWithHistory must be 0 to 3");
        require(loginAttempts >= 1, "loginAttempts must be 1 or more");
        require(!timeStep.isNegative(), "timeStep must not be negative");
    }

    /**
     * Two pumps with 30 days each, one that never uploaded, in New York, in the US region.
     *
     * @return the defaults
     */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                1,
                30,
                LocalDate.of(2026, 11, 15),
                ZoneId.of("America/New_York"),
                "US",
                "sam.demo@example.org",
                "correct horse battery staple",
                2,
                false,
                Duration.ofHours(8),
                5,
                Duration.ZERO);
    }

    /**
     * The same on another port.
     *
     * @param newPort the TCP port, 0 for any free one
     * @return new options
     */
    public SimulatorOptions withPort(int newPort) {
        return with(draft -> draft.port = newPort);
    }

    /**
     * The same with other histories.
     *
     * @param newSeed what the histories are derived from
     * @return new options
     */
    public SimulatorOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    /**
     * The same with histories of another length.
     *
     * @param newDays days per pump, 1 or more
     * @return new options
     */
    public SimulatorOptions withDays(int newDays) {
        return with(draft -> draft.days = newDays);
    }

    /**
     * The same with as many days as it takes for about so many events over all pumps together.
     *
     * @param events how many events there should be at least, within a few per cent
     * @return new options
     */
    public SimulatorOptions withEventsAbout(long events) {
        long perDay = (long) EVENTS_PER_DAY * Math.max(1, pumpsWithHistory);
        return withDays((int) Math.max(1, (events + perDay - 1) / perDay));
    }

    /**
     * The same with histories that end on another day.
     *
     * @param newLastDay the last day, in the person's zone
     * @return new options
     */
    public SimulatorOptions withLastDay(LocalDate newLastDay) {
        return with(draft -> draft.lastDay = newLastDay);
    }

    /**
     * The same in another zone.
     *
     * @param newZone an IANA zone
     * @return new options
     */
    public SimulatorOptions withZone(ZoneId newZone) {
        return with(draft -> draft.zone = newZone);
    }

    /**
     * The same in another region.
     *
     * @param newRegion {@code US} or {@code EU}
     * @return new options
     */
    public SimulatorOptions withRegion(String newRegion) {
        return with(draft -> draft.region = newRegion);
    }

    /**
     * The same with another account.
     *
     * @param newEmail the user name
     * @param newPassword the password
     * @return new options
     */
    public SimulatorOptions withAccount(String newEmail, String newPassword) {
        return with(draft -> {
            draft.email = newEmail;
            draft.password = newPassword;
        });
    }

    /**
     * The same with another number of pumps that have events.
     *
     * @param newPumpsWithHistory 0 to 3
     * @return new options
     */
    public SimulatorOptions withPumpsWithHistory(int newPumpsWithHistory) {
        return with(draft -> draft.pumpsWithHistory = newPumpsWithHistory);
    }

    /**
     * The same with or without the pump clock's oddities.
     *
     * @param newPlainClock true for a clock that follows the zone's rules to the second
     * @return new options
     */
    public SimulatorOptions withPlainClock(boolean newPlainClock) {
        return with(draft -> draft.plainClock = newPlainClock);
    }

    /**
     * The same with tokens that live longer or shorter.
     *
     * @param newTokenLifetime how long an access token is good for
     * @return new options
     */
    public SimulatorOptions withTokenLifetime(Duration newTokenLifetime) {
        return with(draft -> draft.tokenLifetime = newTokenLifetime);
    }

    /**
     * The same with another patience for wrong passwords.
     *
     * @param newLoginAttempts how many wrong passwords in a row lock the account
     * @return new options
     */
    public SimulatorOptions withLoginAttempts(int newLoginAttempts) {
        return with(draft -> draft.loginAttempts = newLoginAttempts);
    }

    /**
     * The same with a time that passes.
     *
     * @param newTimeStep how much simulated time passes with each request for the pumps; zero for none
     * @return new options
     */
    public SimulatorOptions withTimeStep(Duration newTimeStep) {
        return with(draft -> draft.timeStep = newTimeStep);
    }

    /** Leaves the password and the e-mail address out. */
    @Override
    public String toString() {
        return "SimulatorOptions[port=" + port + ", seed=" + seed + ", days=" + days + ", lastDay=" + lastDay
                + ", zone="
                + zone + ", region=" + region + ", pumpsWithHistory=" + pumpsWithHistory + ", plainClock=" + plainClock
                + "]";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private SimulatorOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Options of which one is about to be another. */
    private static final class Draft {
        private int port;
        private long seed;
        private int days;
        private LocalDate lastDay;
        private ZoneId zone;
        private String region;
        private String email;
        private String password;
        private int pumpsWithHistory;
        private boolean plainClock;
        private Duration tokenLifetime;
        private int loginAttempts;
        private Duration timeStep;

        Draft(SimulatorOptions from) {
            port = from.port;
            seed = from.seed;
            days = from.days;
            lastDay = from.lastDay;
            zone = from.zone;
            region = from.region;
            email = from.email;
            password = from.password;
            pumpsWithHistory = from.pumpsWithHistory;
            plainClock = from.plainClock;
            tokenLifetime = from.tokenLifetime;
            loginAttempts = from.loginAttempts;
            timeStep = from.timeStep;
        }

        SimulatorOptions options() {
            return new SimulatorOptions(
                    port,
                    seed,
                    days,
                    lastDay,
                    zone,
                    region,
                    email,
                    password,
                    pumpsWithHistory,
                    plainClock,
                    tokenLifetime,
                    loginAttempts,
                    timeStep);
        }
    }
}
