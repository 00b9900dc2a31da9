package io.github.tandemfetch.source;

/** No answer, or only a part of one: refused connection, timeout, a body cut short. */
public class ConnectionLostException extends TransientSourceException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(String code, String reason, Throwable cause) {
        super(code, reason, "Check the network connection and try again; whatever was fetched is kept.", null, cause);
    }

    static ConnectionLostException cutShort(Throwable cause) {
        return new ConnectionLostException("CONNECTION_LOST", "the answer was cut short", cause);
    }
}
