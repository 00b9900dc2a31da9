package org.duckdb;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens a database file by its path. The driver takes a URL, in which a semicolon starts an option and trailing blanks
 * are dropped: {@code a;threads=2} opens the file {@code a}. The only alternative is this constructor, which is not
 * public; a test checks it against updates of the driver.
 */
public final class FileConnection {
    /** A new database in memory. */
    public static final String IN_MEMORY = DuckDBDriver.MEMORY_DB;

    private static final Class<?>[] PARAMETERS = {
        ByteBuffer.class, String.class, boolean.class, String.class, boolean.class, String.class
    };

    private FileConnection() {}

    /**
     * Opens a file, or another session on a file that this process has open with the same options.
     *
     * @param file the absolute path, or {@link #IN_MEMORY}
     */
    public static DuckDBConnection open(String file, boolean readOnly, Properties options) throws SQLException {
        Properties all = new Properties();
        all.putAll(options);
        all.put("duckdb_api", "jdbc");
        ByteBuffer reference =
                DuckDBNative.duckdb_jdbc_startup(file.getBytes(StandardCharsets.UTF_8), readOnly, all, true);
        try {
            Constructor<DuckDBConnection> constructor = DuckDBConnection.class.getDeclaredConstructor(PARAMETERS);
            constructor.setAccessible(true);
            return constructor.newInstance(
                    reference, DuckDBDriver.DUCKDB_URL_PREFIX + file, readOnly, null, true, null);
        } catch (InvocationTargetException e) {
            DuckDBNative.duckdb_jdbc_disconnect(reference);
            throw e.getCause() instanceof SQLException refused ? refused : new SQLException(e.getCause());
        } catch (ReflectiveOperationException e) {
            DuckDBNative.duckdb_jdbc_disconnect(reference);
            throw new SQLException("This driver has another constructor", e);
        }
    }
}
