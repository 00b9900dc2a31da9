import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a server on loopback for the same thing again and again, at a rate or as fast as it answers, and tells how long
 * that took. A request's time begins when it was due, so that a server that is stuck cannot hide it.
 */
final class ServeBenchmark {
    private static final byte[] BUFFER_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ServeBenchmark() {}

    public static void main(String[] args) throws Exception {
        URI uri = URI.create(args[1]);
        switch (args[0]) {
            case "rate" -> rate(uri, Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            case "download" -> download(uri, Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Requests at a rate; with 0, as many as the server answers. */
    private static void rate(URI uri, int connections, int perSecond, int seconds) throws Exception {
        run(uri, connections, perSecond, 2);
        long begun = System.nanoTime();
        long[] micros = run(uri, connections, perSecond, seconds);
        double took = (System.nanoTime() - begun) / 1e9;
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "  %s: %,.0f requests/s, 50th percentile %.2f ms, 99th %.2f ms, 99.9th %.2f ms, at most %.2f ms%n",
                perSecond == 0 ? "as fast as it answers" : String.format(Locale.ROOT, "at %,d/s", perSecond),
                micros.length / took,
                at(micros, 0.5),
                at(micros, 0.99),
                at(micros, 0.999),
                at(micros, 1));
    }

    private static double at(long[] micros, double part) {
        return micros[Math.min(micros.length - 1, (int) (micros.length * part))] / 1e3;
    }

    private static long[] run(URI uri, int connections, int perSecond, int seconds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime() + 50_000_000;
            List<Future<long[]>> parts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                long first = perSecond == 0 ? start : start + i * 1_000_000_000L / perSecond;
                parts.add(threads.submit(() -> connection(
                        uri, first, perSecond == 0 ? 0 : connections * 1_000_000_000L / perSecond, start, seconds)));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> part : parts) {
                all.add(part.get());
            }
            return all.stream().flatMapToLong(Arrays::stream).toArray();
        } finally {
            threads.shutdown();
        }
    }

    private static long[] connection(URI uri, long first, long every, long start, int seconds)
            throws IOException, InterruptedException {
        byte[] request = request(uri);
        long end = start + seconds * 1_000_000_000L;
        long[] micros = new long[1 << 20];
        int count = 0;
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            long due = first;
            while (due < end && count < micros.length) {
                long now = System.nanoTime();
                if (due > now) {
                    Thread.sleep((due - now) / 1_000_000, (int) ((due - now) % 1_000_000));
                }
                long from = every == 0 ? System.nanoTime() : due;
                socket.getOutputStream().write(request);
                in.skipNBytes(contentLength(in));
                long answered = System.nanoTime();
                micros[count++] = (answered - from) / 1_000;
                due = every == 0 ? answered : due + every;
            }
        }
        return Arrays.copyOf(micros, count);
    }

    private static void download(URI uri, int times) throws IOException {
        byte[] buffer = new byte[1 << 20];
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                long begun = System.nanoTime();
                socket.getOutputStream().write(request(uri));
                InputStream in = socket.getInputStream();
                long size = contentLength(in);
                long left = size;
                while (left > 0) {
                    int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (read < 0) {
                        throw new IOException(left + " bytes are missing");
                    }
                    left -= read;
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        Locale.ROOT, "  %,d MB in %.2f s: %,.0f MB/s%n", size / 1_000_000, seconds, size / 1e6 / seconds);
            }
        }
    }

    private static byte[] request(URI uri) {
        return ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the head of an answer, which must be a good one. */
    private static long contentLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int matched = 0; matched < BUFFER_END.length; ) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("The server hung up after: " + head);
            }
            head.append((char) read);
            matched = read == BUFFER_END[matched] ? matched + 1 : read == BUFFER_END[0] ? 1 : 0;
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        int length = text.indexOf("content-length: ");
        if (!text.startsWith("http/1.1 200 ") || length < 0) {
            throw new IOException("Not the answer that was expected: " + head);
        }
        return Long.parseLong(text.substring(length + 16, text.indexOf('\r', length)));
    }
}
