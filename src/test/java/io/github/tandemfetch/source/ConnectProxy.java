package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that leads every CONNECT to one server, or answers it with a refusal; it keeps what it was asked. */
final class ConnectProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final int targetPort;
    private final int refusal;

    /** @param refusal the status to answer with, or 0 */
    ConnectProxy(int targetPort, int refusal) throws IOException {
        this.targetPort = targetPort;
        this.refusal = refusal;
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            asked.add(head.toString());
            String status = refusal == 0 ? "200 Open" : refusal + " No";
            client.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\n" + (refusal == 0 ? "" : "Content-Length: 0\r\n") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (refusal == 0) {
                try (Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
                    start(() -> copy(server, client));
                    copy(client, server);
                }
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
