package io.github.tandemfetch.pump;

/**
 * Where an event stands in a pump's log. Events of one pump happened in this order, whatever their timestamps say.
 *
 * @param group counts the times the log started over
 * @param number the position within the group
 */
public record SequencePosition(long group, long number) implements Comparable<SequencePosition> {

    @Override
    public int compareTo(SequencePosition other) {
        int byGroup = Long.compare(group, other.group);
        return byGroup != 0 ? byGroup : Long.compare(number, other.number);
    }
}
