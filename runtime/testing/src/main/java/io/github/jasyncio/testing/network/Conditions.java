package io.github.jasyncio.testing.network;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What it is like to send something from one host to another, the same in both directions.
 *
 * @param shortest the least time that anything takes
 * @param longest the most, but for what waits before it, is lost, or cannot get through
 * @param bytesPerSecond how much goes through; 0 for as much as is wanted
 * @param loss how probable it is that a packet gets lost: datagrams then are, streams send it again
 */
public record Conditions(Duration shortest, Duration longest, long bytesPerSecond, double loss) {

    /** Between hosts of which nothing was said. */
    public static final Conditions USUAL = new Conditions(Duration.ofMillis(1), Duration.ofMillis(1), 0, 0);

    /** Within a host. */
    static final Conditions LOCAL = new Conditions(Duration.ZERO, Duration.ZERO, 0, 0);

    /** Checks them. */
    public Conditions {
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "latency: at least 0, and the longest not shorter than the shortest was expected, got " + shortest
                            + " and " + longest);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bandwidth: at least 0 was expected, got " + bytesPerSecond);
        }
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss: a probability from 0 to 1 was expected, got " + loss);
        }
    }

    /** The same with other parts. */
    public Conditions with(
            @Nullable Duration shortest,
            @Nullable Duration longest,
            @Nullable Long bytesPerSecond,
            @Nullable Double loss) {
        return new Conditions(
                shortest == null ? this.shortest : shortest,
                longest == null ? this.longest : longest,
                bytesPerSecond == null ? this.bytesPerSecond : bytesPerSecond,
                loss == null ? this.loss : loss);
    }
}
