package io.github.tandemfetch.load;

/**
 * Makes records of JSON objects.
 *
 * @param <R> the records
 */
interface RecordParser<R> {
    /**
     * Makes a record.
     *
     * @param fields the object's fields
     * @return the record, its fields not checked yet
     * @throws MalformedRecord where a field is of a wrong type or one too many
     */
    R record(JsonFields fields) throws MalformedRecord;
}
