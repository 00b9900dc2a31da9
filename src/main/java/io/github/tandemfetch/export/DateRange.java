package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Days in UTC, from the first to the last, both inclusive. A range with an end leaves out rows whose time is unknown.
 *
 * @param start the first day, or null for all before the end
 * @param end the last day, or null for all after the start
 */
@RegisterForReflection
public record DateRange(
        @JsonProperty("start_date") @JsonSerialize(using = PlainTextSerializer.class)
        LocalDate start,

        @JsonProperty("end_date") @JsonSerialize(using = PlainTextSerializer.class)
        LocalDate end) {
    /** Every row, those of unknown time too. */
    public static final DateRange ALL = new DateRange(null, null);

    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /**
     * Checks the range.
     *
     * @throws ExportArgumentException where the end is before the start, or a year is not of four digits
     */
    public DateRange {
        checkYear(start);
        checkYear(end);
        if (start != null && end != null && end.isBefore(start)) {
            throw new ExportArgumentException(
                    "DATES_REVERSED",
                    "The end date " + end + " is before the start date " + start + ".",
                    "Give the earlier day as --start-date.");
        }
    }

    /**
     * Reads a range as a person writes it.
     *
     * @param start the first day, {@code YYYY-MM-DD}, or null
     * @param end the last day, {@code YYYY-MM-DD}, or null
     * @return the range
     * @throws ExportArgumentException where a date has another shape, is no day of the calendar, or the end is before
     *     the start
     */
    public static DateRange parse(String start, String end) {
        return new DateRange(day("start", start), day("end", end));
    }

    private static LocalDate day(String which, String text) {
        if (text == null) {
            return null;
        }
        if (!SHAPE.matcher(text).matches()) {
            throw invalid("The " + which + " date '" + text + "' is not written as YYYY-MM-DD.");
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("The " + which + " date " + text + " is no day of the calendar.");
        }
    }

    private static void checkYear(LocalDate day) {
        if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
            throw invalid("The year of " + day + " is not between 0001 and 9999.");
        }
    }

    private static ExportArgumentException invalid(String message) {
        return new ExportArgumentException("INVALID_DATE", message, "Write dates like 2026-02-08 (days in UTC).");
    }
}
