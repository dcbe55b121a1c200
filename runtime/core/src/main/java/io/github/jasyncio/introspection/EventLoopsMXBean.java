package io.github.jasyncio.introspection;

/** All event loops of the process as JMX clients see them, under {@code io.github.jasyncio:type=EventLoops}. */
public interface EventLoopsMXBean {

    /** How many loops there are that are not closed. */
    int getCount();

    /** {@link Dump#toString}. */
    String dump();

    /** {@link Dump#toJson}. */
    String dumpAsJson();

    /** {@link Dump#toTable}. */
    String ps();

    /** {@link Dump#toTree}. */
    String pstree();
}
