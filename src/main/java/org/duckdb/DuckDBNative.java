package org.duckdb;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Replaces the driver's class of this name, with one difference: loading this class loads no library. The driver's own
 * copies 70 MB to the temporary folder at every start and has no setting for the library's location; {@link
 * io.github.tandemfetch.store.duckdb.EngineLibrary} loads it beforehand.
 *
 * <p>The library is linked to the methods by name. A test compares them with the driver's, so that an update of the
 * driver cannot miss this class.
 */
final class DuckDBNative {
    private DuckDBNative() {}

    static native ByteBuffer duckdb_jdbc_startup(byte[] path, boolean readOnly, Properties properties, boolean pinned)
            throws SQLException;

    static native ByteBuffer duckdb_jdbc_connect(ByteBuffer database) throws SQLException;

    static native ByteBuffer duckdb_jdbc_create_db_ref(ByteBuffer connection) throws SQLException;

    static native void duckdb_jdbc_destroy_db_ref(ByteBuffer reference) throws SQLException;

    static native long duckdb_jdbc_db_address(ByteBuffer connection) throws SQLException;

    static native void duckdb_jdbc_set_auto_commit(ByteBuffer connection, boolean autoCommit) throws SQLException;

    static native boolean duckdb_jdbc_get_auto_commit(ByteBuffer connection) throws SQLException;

    static native void duckdb_jdbc_disconnect(ByteBuffer connection);

    static native void duckdb_jdbc_set_schema(ByteBuffer connection, String schema);

    static native void duckdb_jdbc_set_catalog(ByteBuffer connection, String catalog);

    static native String duckdb_jdbc_get_schema(ByteBuffer connection);

    static native String duckdb_jdbc_get_catalog(ByteBuffer connection);

    static native ByteBuffer duckdb_jdbc_prepare(ByteBuffer connection, byte[] query) throws SQLException;

    static native void duckdb_jdbc_release(ByteBuffer statement);

    static native DuckDBResultSetMetaData duckdb_jdbc_query_result_meta(ByteBuffer result) throws SQLException;

    static native DuckDBResultSetMetaData duckdb_jdbc_prepared_statement_meta(ByteBuffer statement) throws SQLException;

    static native ByteBuffer duckdb_jdbc_execute(ByteBuffer statement, Object[] values) throws SQLException;

    static native ByteBuffer duckdb_jdbc_execute_capi(ByteBuffer statement, Object[] values) throws SQLException;

    static native ByteBuffer duckdb_jdbc_pending_query(ByteBuffer connection, byte[] query) throws SQLException;

    static native ByteBuffer duckdb_jdbc_execute_pending(ByteBuffer pending) throws SQLException;

    static native void duckdb_jdbc_release_pending(ByteBuffer pending) throws SQLException;

    static native void duckdb_jdbc_free_result(ByteBuffer result);

    static native DuckDBVector[] duckdb_jdbc_fetch(ByteBuffer result, ByteBuffer connection) throws SQLException;

    static native String[] duckdb_jdbc_cast_result_to_strings(ByteBuffer result, ByteBuffer connection, long column)
            throws SQLException;

    static native int duckdb_jdbc_fetch_size();

    static native long duckdb_jdbc_arrow_stream(ByteBuffer connection, ByteBuffer result, long batchSize);

    static native void duckdb_jdbc_arrow_register(ByteBuffer connection, long stream, byte[] name);

    static native void duckdb_jdbc_arrow_close_streams(ByteBuffer connection);

    static native ByteBuffer duckdb_jdbc_create_appender(ByteBuffer connection, byte[] schema, byte[] table)
            throws SQLException;

    static native void duckdb_jdbc_appender_begin_row(ByteBuffer appender) throws SQLException;

    static native void duckdb_jdbc_appender_end_row(ByteBuffer appender) throws SQLException;

    static native void duckdb_jdbc_appender_flush(ByteBuffer appender) throws SQLException;

    static native void duckdb_jdbc_interrupt(ByteBuffer connection);

    static native QueryProgress duckdb_jdbc_query_progress(ByteBuffer connection);

    static native void duckdb_jdbc_appender_close(ByteBuffer appender) throws SQLException;

    static native void duckdb_jdbc_appender_append_boolean(ByteBuffer appender, boolean value) throws SQLException;

    static native void duckdb_jdbc_appender_append_byte(ByteBuffer appender, byte value) throws SQLException;

    static native void duckdb_jdbc_appender_append_short(ByteBuffer appender, short value) throws SQLException;

    static native void duckdb_jdbc_appender_append_int(ByteBuffer appender, int value) throws SQLException;

    static native void duckdb_jdbc_appender_append_long(ByteBuffer appender, long value) throws SQLException;

    static native void duckdb_jdbc_appender_append_float(ByteBuffer appender, float value) throws SQLException;

    static native void duckdb_jdbc_appender_append_double(ByteBuffer appender, double value) throws SQLException;

    static native void duckdb_jdbc_appender_append_string(ByteBuffer appender, byte[] value) throws SQLException;

    static native void duckdb_jdbc_appender_append_bytes(ByteBuffer appender, byte[] value) throws SQLException;

    static native void duckdb_jdbc_appender_append_timestamp(ByteBuffer appender, long value) throws SQLException;

    static native void duckdb_jdbc_appender_append_decimal(ByteBuffer appender, BigDecimal value) throws SQLException;

    static native void duckdb_jdbc_appender_append_null(ByteBuffer appender) throws SQLException;

    protected static native String duckdb_jdbc_get_profiling_information(
            ByteBuffer connection, ProfilerPrintFormat format) throws SQLException;
}
