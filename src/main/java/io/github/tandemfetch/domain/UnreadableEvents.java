package io.github.tandemfetch.domain;

import io.github.tandemfetch.domain.BasalDeliveryTable.UnreadableDay;
import io.github.tandemfetch.domain.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events whose value cannot be read, by pump and code. Holds a few numbers for each day, no events. */
public final class UnreadableEvents {
    private static final int FEW = 3;

    private final Map<Kind, Count> counts =
            new TreeMap<>(Comparator.comparing(Kind::pump).thenComparing(Kind::code));

    private record Kind(String pump, int code) {}

    private static final class Count {
        private final Map<LocalDate, long[]> days = new HashMap<>();
        private long events;
        private SequencePosition first;
        private LocalDateTime firstTime;

        void add(LocalDate date, long looked, long unreadable) {
            long[] day = days.computeIfAbsent(date == null ? LocalDate.EPOCH : date, any -> new long[2]);
            day[0] += looked;
            day[1] += unreadable;
            events += unreadable;
        }

        void first(SequencePosition position, LocalDateTime time) {
            if (first == null || position.compareTo(first) < 0) {
                first = position;
                firstTime = time;
            }
        }

        boolean formatChanged() {
            return days.values().stream().anyMatch(day -> day[1] >= FEW && day[1] * 2 >= day[0]);
        }
    }

    /** Notes a glucose event. */
    public void looked(CgmEvent event, boolean readable) {
        Count count = count(event.pumpSerial(), event.eventCode());
        LocalDate day = event.loggedAt() == null ? null : event.loggedAt().toLocalDate();
        count.add(day, 1, readable ? 0 : 1);
        if (!readable) {
            count.first(new SequencePosition(event.sequenceGroup(), event.sequenceNumber()), event.loggedAt());
        }
    }

    /** Notes basal deliveries; days without an unreadable one need not be noted. */
    public void found(List<UnreadableDay> days) {
        for (UnreadableDay day : days) {
            Count count = count(day.pumpSerial(), BasalDeliveryTable.EVENT_CODE);
            count.add(day.day(), day.events(), day.unreadable());
            count.first(
                    new SequencePosition(day.firstSequenceGroup(), day.firstSequenceNumber()),
                    day.firstPumpTimestamp());
        }
    }

    private Count count(String pump, int code) {
        return counts.computeIfAbsent(new Kind(pump, code), any -> new Count());
    }

    /** What was found; nothing of pumps and codes of which every event can be read. */
    public List<UnreadableKind> kinds() {
        List<UnreadableKind> kinds = new ArrayList<>();
        counts.forEach((kind, count) -> {
            if (count.events > 0) {
                kinds.add(new UnreadableKind(
                        kind.pump(),
                        kind.code(),
                        count.events,
                        count.first.group(),
                        count.first.number(),
                        count.firstTime,
                        count.formatChanged()));
            }
        });
        return kinds;
    }
}
