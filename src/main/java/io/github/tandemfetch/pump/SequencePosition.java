package io.github.tandemfetch.pump;

/**
 * The position of an event in a pump's log. Events of one pump happened in this order, whatever their timestamps.
 *
 * @param group the number of restarts of the log
 * @param number the position within the group
 */
public record SequencePosition(long group, long number) implements Comparable<SequencePosition> {

    @Override
    public int compareTo(SequencePosition other) {
        int byGroup = Long.compare(group, other.group);
        return byGroup != 0 ? byGroup : Long.compare(number, other.number);
    }
}
