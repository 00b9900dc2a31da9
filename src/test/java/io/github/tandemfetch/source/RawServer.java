package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** A server on loopback that writes an answer as it stands, HTTP or not, and hangs up. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final UnaryOperator<String> answers;

    RawServer(String answer) {
        this(head -> answer);
    }

    /** The answer follows from the head of the request. */
    public RawServer(UnaryOperator<String> answers) {
        this.answers = answers;
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                String answer = answers.apply(readHead(socket.getInputStream()));
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException hungUp) {
                continue;
            }
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int newLines = 0;
        for (int b = in.read(); b >= 0 && newLines < 2; ) {
            head.append((char) b);
            newLines = b == '\n' ? newLines + 1 : b == '\r' ? newLines : 0;
            if (newLines < 2) {
                b = in.read();
            }
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
