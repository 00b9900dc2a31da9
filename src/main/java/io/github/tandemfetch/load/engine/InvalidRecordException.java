package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record cannot be stored as it is; nothing of what came with it was. */
public final class InvalidRecordException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final long index;
    private final String field;
    private final String problem;

    /**
     * Creates the failure.
     *
     * @param index the record's place among the others, the first is 0
     * @param field the field that is wrong; null where the whole record is
     * @param problem what is wrong, to go on after the field's name
     */
    public InvalidRecordException(long index, String field, String problem) {
        this(
                "Record " + index + " (the first is 0)",
                "Nothing was stored. Correct the record, and load all of them again.",
                index,
                field,
                problem);
    }

    private InvalidRecordException(String place, String remedy, long index, String field, String problem) {
        super(
                "INVALID_RECORD",
                place + ": " + (field == null ? "it " : "'" + field + "' ") + problem + ".",
                remedy,
                ExitStatus.INVALID_USAGE,
                null);
        this.index = index;
        this.field = field;
        this.problem = problem;
    }

    /**
     * The same failure for records that come from a file.
     *
     * @param line the record's line, the first is 1
     * @return a failure that names the line as well
     */
    public InvalidRecordException onLine(long line) {
        return new InvalidRecordException(
                "Line " + line + ", record " + index + " (the first is 0)",
                "Nothing was stored. Correct the record and load the file again, or leave such records out with"
                        + " --on-error skip.",
                index,
                field,
                problem);
    }

    /**
     * The record's place among the others.
     *
     * @return 0 for the first
     */
    public long index() {
        return index;
    }

    /**
     * What is wrong, to follow the name of the field.
     *
     * @return such as "is missing"
     */
    public String problem() {
        return problem;
    }

    /**
     * The field that is wrong.
     *
     * @return its name; null where the whole record is wrong
     */
    public String field() {
        return field;
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("index", index);
        if (field != null) {
            details.put("field", field);
        }
        return details;
    }
}
