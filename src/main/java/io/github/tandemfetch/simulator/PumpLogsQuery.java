package io.github.tandemfetch.simulator;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query of a pump-logs call, validated as strictly as the service does.
 *
 * @param from pump clock
 * @param to pump clock, inclusive
 * @param eventCodes empty for all
 */
record PumpLogsQuery(String pumperId, LocalDate from, LocalDate to, Set<Integer> eventCodes) {
    private static final Set<String> KNOWN = Set.of("pumperId", "startDate", "endDate", "eventCodes");
    private static final Pattern START = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T00:00:00Z");
    private static final Pattern END = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T23:59:59Z");
    private static final Pattern CODES = Pattern.compile("\\d{1,5}(,\\d{1,5})*");
    private static final int LONGEST_WINDOW_DAYS = 28;

    /** A query that the service refuses with status 400. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String body) {
            super(body);
        }
    }

    static PumpLogsQuery of(Map<String, String> query) throws Refused {
        for (String name : query.keySet()) {
            if (!KNOWN.contains(name)) {
                String safe = name.replaceAll("[^A-Za-z0-9_]", "");
                throw schemaError("{\"code\":\"unrecognized_keys\",\"keys\":[\"" + safe
                        + "\"],\"path\":[],\"message\":\"Unrecognized key(s) in object: '" + safe + "'\"}");
            }
        }
        for (String name : new String[] {"pumperId", "startDate", "endDate"}) {
            if (query.getOrDefault(name, "").isEmpty()) {
                throw schemaError(
                        "{\"code\":\"invalid_type\",\"expected\":\"string\",\"received\":\"undefined\",\"path\":[\""
                                + name + "\"],\"message\":\"Required\"}");
            }
        }
        LocalDate from = date(START, query.get("startDate"));
        LocalDate to = date(END, query.get("endDate"));
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1 || days > LONGEST_WINDOW_DAYS) {
            throw inputError();
        }
        return new PumpLogsQuery(query.get("pumperId"), from, to, codes(query.getOrDefault("eventCodes", "")));
    }

    /** The same for fewer days. */
    PumpLogsQuery until(LocalDate last) {
        return new PumpLogsQuery(pumperId, from, last, eventCodes);
    }

    private static Set<Integer> codes(String list) throws Refused {
        Set<Integer> codes = new HashSet<>();
        if (list.isEmpty()) {
            return codes;
        }
        if (!CODES.matcher(list).matches()) {
            throw schemaError("{\"code\":\"invalid_string\",\"validation\":\"regex\",\"path\":[\"eventCodes\"],"
                    + "\"message\":\"Invalid\"}");
        }
        for (String code : list.split(",")) {
            codes.add(Integer.valueOf(code));
        }
        return codes;
    }

    private static LocalDate date(Pattern shape, String text) throws Refused {
        Matcher matcher = shape.matcher(text);
        if (!matcher.matches()) {
            throw inputError();
        }
        try {
            return LocalDate.parse(matcher.group(1));
        } catch (DateTimeException e) {
            throw inputError();
        }
    }

    private static Refused inputError() {
        return new Refused("{\"statusCode\":400,\"message\":\"Check input parameters.\"}");
    }

    private static Refused schemaError(String issue) {
        return new Refused("{\"success\":false,\"error\":{\"issues\":[" + issue + "],\"name\":\"ZodError\"}}");
    }
}
