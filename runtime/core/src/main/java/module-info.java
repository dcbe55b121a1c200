/** Coroutines, futures, tasks and the event loop of jasyncio. */
module io.github.jasyncio.core {
    requires static org.jspecify;
    requires static java.management; // for JMX clients; done without where it is missing
    requires static jdk.jfr; // for flight recordings; the same
    requires static jdk.unsupported; // sun.misc.Signal, for Ctrl-C; done without where it is missing

    exports io.github.jasyncio;
    exports io.github.jasyncio.internal;
    exports io.github.jasyncio.introspection;
    exports io.github.jasyncio.transport;
}
