package io.github.tandemfetch.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** A response body that is slow or truncated. */
final class FaultyBody extends OutputStream {
    private final OutputStream out;
    private final Limits limits;
    private long sent;

    /** Stops writing a truncated body; the rest of the response is never generated. */
    static final class EndReached extends IOException {
        private static final long serialVersionUID = 1L;

        EndReached() {
            super("The scripted end of the body");
        }
    }

    /**
     * The combined limits on a body.
     *
     * @param end the number of bytes after which it ends
     * @param framingIsBroken whether the connection is then closed without the end of the framing
     * @param drop bytes at a time
     * @param pause the time between them
     */
    record Limits(long end, boolean framingIsBroken, int drop, Duration pause) {
        static Limits of(FaultSet faults) {
            long end = Long.MAX_VALUE;
            boolean broken = false;
            Optional<Fault.CutBody> cut = faults.find(Fault.CutBody.class);
            if (cut.isPresent()) {
                end = cut.get().afterBytes();
            }
            Optional<Fault.DroppedConnection> dropped = faults.find(Fault.DroppedConnection.class);
            if (dropped.isPresent() && dropped.get().afterBytes() < end) {
                end = dropped.get().afterBytes();
                broken = true;
            }
            Optional<Fault.LyingLength> lying = faults.find(Fault.LyingLength.class);
            if (lying.isPresent()) {
                end = Math.min(end, lying.get().afterBytes());
                broken = true;
            }
            Optional<Fault.Trickle> trickle = faults.find(Fault.Trickle.class);
            return new Limits(
                    end,
                    broken,
                    trickle.map(Fault.Trickle::bytes).orElse(Integer.MAX_VALUE),
                    trickle.map(Fault.Trickle::pause).orElse(Duration.ZERO));
        }

        boolean isAny() {
            return end != Long.MAX_VALUE || drop != Integer.MAX_VALUE;
        }
    }

    FaultyBody(OutputStream out, Limits limits) {
        this.out = out;
        this.limits = limits;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (sent >= limits.end()) {
                throw new EndReached();
            }
            int now = (int) Math.min(Math.min(left, limits.drop()), limits.end() - sent);
            out.write(bytes, at, now);
            if (limits.drop() != Integer.MAX_VALUE) {
                out.flush();
                pause(limits.pause());
            }
            sent += now;
            at += now;
            left -= now;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The simulator was closed while it waited", e);
        }
    }
}
