package org.duckdb;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens a database file by its path. The driver takes a URL, in which a semicolon begins an option and blanks at the end
 * are dropped: {@code a;threads=2} opens the file {@code a}. Its only way around the URL is this constructor, which is
 * not public; a test holds it against updates of the driver.
 */
public final class FileConnection {
    /** Names a new database in memory. */
    public static final String IN_MEMORY = DuckDBDriver.MEMORY_DB;

    private static final Class<?>[] PARAMETERS = {
        ByteBuffer.class, String.class, boolean.class, String.class, boolean.class, String.class
    };

    private FileConnection() {}

    /**
     * Opens a file, or another session on a file that is open in this process with the same options.
     *
     * @param file the file's absolute path, or {@link #IN_MEMORY}
     * @param readOnly whether it is only read
     * @param options options of the engine
     * @return the connection
     * @throws SQLException where the engine refuses
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
