package io.github.tandemfetch.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Reads the answer that lists the pumps: lenient about what only describes, strict about what decides what to fetch. */
final class PumperReader {
    // As a tree it takes forty times as much memory.
    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;
    private static final String SUBJECT = "The list of pumps from Tandem Source ";

    /**
     * Reads the answer.
     *
     * @throws UnexpectedAnswerException where it is not what it should be
     * @throws ConnectionLostException where it was cut short
     */
    Pumper read(InputStream body) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(LONGEST_ANSWER + 1);
        } catch (IOException lost) {
            throw NetworkFailure.whileReading(lost);
        }
        if (bytes.length > LONGEST_ANSWER) {
            throw new UnexpectedAnswerException(SUBJECT + "is larger than it can be.");
        }
        return pumper(parse(bytes));
    }

    private static JsonNode parse(byte[] bytes) {
        if (bytes.length == 0) {
            throw ConnectionLostException.cutShort(null);
        }
        try {
            return JsonTree.read(bytes);
        } catch (JsonEOFException cutShort) {
            throw ConnectionLostException.cutShort(null);
        } catch (JsonProcessingException malformed) {
            throw new UnexpectedAnswerException(SUBJECT + "is not JSON.");
        } catch (IOException impossible) {
            throw ConnectionLostException.cutShort(impossible);
        }
    }

    private static Pumper pumper(JsonNode root) {
        JsonNode list = root.get("pumps");
        if (list == null || !list.isArray()) {
            throw new UnexpectedAnswerException(SUBJECT + "has no \"pumps\".");
        }
        List<Pump> pumps = new ArrayList<>();
        List<UnusablePump> unusable = new ArrayList<>();
        // One pump that is listed badly must not keep the others from being fetched.
        list.forEach(pump -> {
            try {
                pumps.add(pump(pump));
            } catch (UnexpectedAnswerException failure) {
                unusable.add(new UnusablePump(text(pump, "serialNumber"), failure.getMessage(), hasDates(pump)));
            }
        });
        if (pumps.isEmpty() && !unusable.isEmpty()) {
            throw unusable.get(0).failure();
        }
        return new Pumper(
                text(root, "country"),
                number(root, "lowGlucoseThreshold"),
                number(root, "highGlucoseThreshold"),
                pumps,
                unusable);
    }

    private static Pump pump(JsonNode pump) {
        // A number is none: the service knows no log by it, and its answer would end the whole sync.
        String assignmentId = pump.path("assignmentId").isTextual() ? text(pump, "assignmentId") : null;
        String serialNumber = text(pump, "serialNumber");
        if (assignmentId == null) {
            throw new UnexpectedAnswerException(SUBJECT + "has a pump without a text in \"assignmentId\""
                    + (serialNumber == null ? "." : ": " + serialNumber + "."));
        }
        JsonNode range = pump.path("availableDataRange");
        JsonNode settings = pump.get("settings");
        return new Pump(
                assignmentId,
                serialNumber == null ? assignmentId : serialNumber,
                text(pump, "modelNumber"),
                text(pump, "modelName"),
                text(pump, "softwareVersion"),
                text(pump, "partNumber"),
                text(pump, "algorithm"),
                text(pump, "glucoseUnit"),
                instant(text(pump, "lastUploadDate")),
                dateTime(text(pump, "maxDateOfEvents"), "maxDateOfEvents"),
                date(text(range, "start"), "availableDataRange.start"),
                date(text(range, "end"), "availableDataRange.end"),
                settings == null || settings.isNull() ? null : settings);
    }

    /** Whether there are dates of events, readable or not. */
    private static boolean hasDates(JsonNode pump) {
        JsonNode range = pump.path("availableDataRange");
        return text(pump, "maxDateOfEvents") != null || text(range, "start") != null || text(range, "end") != null;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "";
        return text.isBlank() ? null : text;
    }

    private static Double number(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isNumber() ? value.doubleValue() : null;
    }

    /** Only shown to people, so a shape that is not known is left out. */
    private static Instant instant(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private static LocalDate date(String text, String name) {
        LocalDateTime dateTime = dateTime(text, name);
        return dateTime == null ? null : dateTime.toLocalDate();
    }

    /** Pump clock: a zone, if there is one, is not to be believed. */
    private static LocalDateTime dateTime(String text, String name) {
        if (text == null) {
            return null;
        }
        try {
            String shape = text.length() == 10 ? text + "T00:00:00" : text.replace(' ', 'T');
            return LocalDateTime.parse(shape, DateTimeFormatter.ISO_DATE_TIME);
        } catch (DateTimeException unknown) {
            throw new UnexpectedAnswerException(SUBJECT + "has a date in \"" + name + "\" that is none.");
        }
    }
}
