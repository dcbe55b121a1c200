package io.github.jasyncio.net;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What ends a piece of a stream: the earliest end of any of them counts, and of those that end in the same place the shortest.
 *
 * <p>Semantics: the {@code separator} of {@code StreamReader.readuntil}.
 */
final class Separators {

    static final Separators LINE_FEED = new Separators(List.of(new byte[] {'\n'}));

    private final List<byte[]> byLength;
    private final int shortest;
    private final int longest;

    private Separators(List<byte[]> byLength) {
        this.byLength = byLength;
        this.shortest = byLength.get(0).length;
        this.longest = byLength.get(byLength.size() - 1).length;
    }

    /**
     * Some separators.
     *
     * @throws IllegalArgumentException if there are none, or one is empty
     */
    static Separators of(Collection<byte[]> separators) {
        if (separators.isEmpty()) {
            throw new IllegalArgumentException("readuntil: at least one separator is needed");
        }
        List<byte[]> byLength = separators.stream()
                .map(byte[]::clone)
                .sorted(Comparator.comparingInt(separator -> separator.length))
                .toList();
        if (byLength.get(0).length == 0) {
            throw new IllegalArgumentException("readuntil: a separator must have at least one byte");
        }
        return new Separators(byLength);
    }

    int shortest() {
        return shortest;
    }

    int longest() {
        return longest;
    }

    /** Looks for the first end of a separator, behind so many bytes in which none begins; gives null if there is none. */
    @org.jspecify.annotations.Nullable
    Match find(ByteQueue queue, int offset) {
        Match first = null;
        for (byte[] separator : byLength) {
            int start = queue.indexOf(separator, offset);
            if (start >= 0 && (first == null || start + separator.length < first.end())) {
                first = new Match(start, start + separator.length);
            }
        }
        return first;
    }

    /**
     * Where a separator is.
     *
     * @param start how many bytes there are before it
     * @param end how many there are with it
     */
    record Match(int start, int end) {}
}
