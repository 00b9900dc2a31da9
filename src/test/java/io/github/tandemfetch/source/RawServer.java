package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on loopback that says the same to everybody, whatever was asked, and hangs up. */
final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final byte[] answer;

    RawServer(String answer) {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                readHead(socket.getInputStream());
                socket.getOutputStream().write(answer);
                socket.getOutputStream().flush();
            } catch (IOException hungUp) {
                continue;
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int newLines = 0;
        for (int b = in.read(); b >= 0 && newLines < 2; ) {
            newLines = b == '\n' ? newLines + 1 : b == '\r' ? newLines : 0;
            if (newLines < 2) {
                b = in.read();
            }
        }
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
