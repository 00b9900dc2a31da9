package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.ChainAnchor.Anchor;
import io.github.tandemfetch.clock.ChainAnchor.Next;
import io.github.tandemfetch.clock.Stretch.Link;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a pump's {@link ClockTimeline} from what its log says about its clock: cuts the log into stretches, ties them
 * into chains by the changes that were announced, gives each chain its one open offset, newest chain first, and puts
 * what nothing else can tell between its neighbors.
 */
public final class TimelineBuilder {
    private final ZoneId zone;
    private final LegalTime legalTime;

    /**
     * Creates the builder.
     *
     * @param zone the person's IANA time zone
     */
    public TimelineBuilder(ZoneId zone) {
        this.zone = zone;
        this.legalTime = new LegalTime(zone);
    }

    /** A chain with its place; the offset is null where there is none. */
    private record Placed(ClockChain chain, Long offset, TimeBasis basis, Long alternative) {
        long utcStart() {
            return chain.first().wallStart() - offset - chain.relative(0);
        }

        long utcEnd() {
            int last = chain.size() - 1;
            return chain.last().wallEnd() - offset - chain.relativeAtEnd(last);
        }

        boolean isPlaced() {
            return offset != null;
        }
    }

    /**
     * Makes the timeline.
     *
     * @param evidence what the log says
     * @return the timeline
     */
    public ClockTimeline build(ClockEvidence evidence) {
        StretchFinder finder = new StretchFinder(legalTime);
        List<ClockChain> chains = ClockChain.of(finder.find(evidence));
        Placed[] placed = new Placed[chains.size()];
        for (int i = chains.size() - 1; i >= 0; i--) {
            placed[i] = anchored(chains, placed, i);
        }
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i].isPlaced()) {
                placed[i] = between(placed, i);
            }
        }
        List<ClockSegment> segments = new ArrayList<>();
        for (Placed chain : placed) {
            addSegments(segments, chain);
        }
        return new ClockTimeline(zone, StraySegments.put(withoutEmpty(segments), finder.strays()));
    }

    private Placed anchored(List<ClockChain> chains, Placed[] placed, int index) {
        ClockChain chain = chains.get(index);
        if (chain.isLost()) {
            return new Placed(chain, null, TimeBasis.UNKNOWN, null);
        }
        Anchor anchor = new ChainAnchor(legalTime, chain, next(chains, placed, index)).find();
        TimeBasis basis = chain.hasAnnouncedChange() ? TimeBasis.TIMELINE : TimeBasis.ZONE_RULE;
        return new Placed(
                chain, anchor.offset(), anchor.estimated() ? TimeBasis.INTERPOLATED : basis, anchor.alternative());
    }

    /** What the log says behind a chain's end; nothing where another group begins there. */
    private static Next next(List<ClockChain> chains, Placed[] placed, int index) {
        Link link = null;
        for (int i = index + 1; i < chains.size(); i++) {
            if (chains.get(i).first().link() == Link.LOG_START) {
                return null;
            }
            link = link == null ? chains.get(i).first().link() : link;
            if (placed[i].isPlaced()) {
                boolean direct = i == index + 1;
                return new Next(placed[i].utcStart(), firstOffset(placed[i]), direct ? link : Link.CLOCK_LOST);
            }
        }
        return null;
    }

    private static Long firstOffset(Placed placed) {
        Long offset = null;
        for (int i = 0; i < placed.chain().size(); i++) {
            Stretch stretch = placed.chain().stretch(i);
            if (!stretch.isLost()) {
                offset = placed.offset() + placed.chain().relative(i);
                if (stretch.length() >= WallMillis.MINUTE) {
                    return offset;
                }
            }
        }
        return offset;
    }

    /** Places a chain that lost its time and was never set: next to a neighbor, or in the middle between two. */
    private static Placed between(Placed[] placed, int index) {
        ClockChain chain = placed[index].chain();
        boolean follows =
                index > 0 && placed[index - 1].isPlaced() && chain.first().link() != Link.LOG_START;
        boolean isFollowed = index + 1 < placed.length
                && placed[index + 1].isPlaced()
                && placed[index + 1].chain().first().link() != Link.LOG_START;
        if (!follows && !isFollowed) {
            return placed[index];
        }
        Placed here = new Placed(chain, 0L, TimeBasis.INTERPOLATED, null);
        long length = here.utcEnd() - here.utcStart();
        long start;
        if (!isFollowed) {
            start = placed[index - 1].utcEnd();
        } else if (!follows || placed[index + 1].chain().first().link() == Link.UNANNOUNCED) {
            // A clock that got its time back went on; only one that was lost again stood still in between.
            start = placed[index + 1].utcStart() - length;
        } else {
            long room = placed[index + 1].utcStart() - placed[index - 1].utcEnd() - length;
            start = placed[index - 1].utcEnd() + Math.max(0, room / 2);
        }
        return new Placed(chain, here.utcStart() - start, TimeBasis.INTERPOLATED, null);
    }

    private void addSegments(List<ClockSegment> segments, Placed placed) {
        ClockChain chain = placed.chain();
        for (int i = 0; i < chain.size(); i++) {
            Stretch stretch = chain.stretch(i);
            Long offset = placed.isPlaced() ? (Long) (placed.offset() + chain.relative(i)) : null;
            Long before = i > 0 && offset != null ? (Long) (placed.offset() + chain.relativeAtEnd(i - 1)) : null;
            segments.add(new ClockSegment(
                    new SequencePosition(stretch.group(), stretch.firstNumber()),
                    WallMillis.toWallClock(stretch.wallStart()),
                    WallMillis.toWallClock(Math.max(stretch.wallStart(), stretch.wallEnd())),
                    new ClockSegment.Offset(offset, chain.rate(i)),
                    placed.basis(),
                    new ClockSegment.Change(
                            cause(stretch, i > 0 ? chain.stretch(i - 1) : null, before, offset),
                            i > 0 && stretch.link().isExact() ? (Long) stretch.delta() : null),
                    placed.alternative() == null ? null : (Long) (placed.alternative() + chain.relative(i))));
        }
    }

    private ClockCause cause(Stretch stretch, Stretch previous, Long before, Long after) {
        return switch (stretch.link()) {
            case LOG_START -> ClockCause.LOG_START;
            case LOG_RESTART -> ClockCause.LOG_RESTART;
            case AUTOMATIC -> ClockCause.AUTOMATIC;
            case CLOCK_LOST -> ClockCause.CLOCK_LOST;
            case UNANNOUNCED ->
                previous != null && previous.isLost() ? ClockCause.SET_AFTER_LOSS : ClockCause.UNANNOUNCED;
            case CHANGE -> {
                if (previous != null && previous.isLost()) {
                    yield ClockCause.SET_AFTER_LOSS;
                }
                if (Math.abs(stretch.delta()) < 15 * WallMillis.MINUTE) {
                    yield ClockCause.CORRECTION;
                }
                if (stretch.delta() % WallMillis.DAY == 0) {
                    yield ClockCause.DATE;
                }
                yield isDaylightSaving(stretch, before, after) ? ClockCause.DAYLIGHT_SAVING : ClockCause.TIME_ZONE;
            }
        };
    }

    /** Whether both offsets are the zone's, on the two sides of a rule's moment that is not long past or to come. */
    private boolean isDaylightSaving(Stretch stretch, Long before, Long after) {
        if (before == null || after == null || Math.abs(after - before) > 2 * WallMillis.HOUR) {
            return false;
        }
        long at = stretch.wallStart() - after;
        long tolerance = 10 * WallMillis.MINUTE;
        boolean towards = Math.abs(legalTime.offsetAt(at) - after) <= tolerance
                || Math.abs(legalTime.offsetAt(at + 2 * WallMillis.DAY) - after) <= tolerance;
        return towards
                && legalTime.offsetsBetween(at - 200 * WallMillis.DAY, at + 2 * WallMillis.DAY).stream()
                        .anyMatch(legal -> Math.abs(legal - before) <= tolerance);
    }

    /** Drops segments that hold no sequence number: two changes at one number, of which the second counts. */
    private static List<ClockSegment> withoutEmpty(List<ClockSegment> segments) {
        List<ClockSegment> kept = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            ClockSegment segment = segments.get(i);
            ClockSegment next = i + 1 < segments.size() ? segments.get(i + 1) : null;
            boolean empty =
                    next != null && next.group() == segment.group() && next.firstNumber() <= segment.firstNumber();
            if (!empty) {
                kept.add(segment);
            }
        }
        return kept;
    }
}
