package io.github.tandemfetch.load;

/** Parses records from the fields of JSON objects. */
interface RecordParser<R> {
    /**
     * Takes the fields of a record, without checking their values.
     *
     * @throws MalformedRecordException where a field has the wrong type or is unknown
     */
    R parse(JsonFields fields) throws MalformedRecordException;
}
