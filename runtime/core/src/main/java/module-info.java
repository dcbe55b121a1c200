/** Coroutines, futures, tasks and the event loop of jasyncio. */
@SuppressWarnings({"module", "requires-automatic"
}) // the library, to which a package is exported, is built later; OSGi's API has only its jar's name
module io.github.jasyncio.core {
    requires static org.jspecify;
    requires static org.osgi.core; // for bundles; no class that needs it is loaded outside of OSGi
    requires static java.management; // for JMX clients; done without where it is missing
    requires static jdk.jfr; // for flight recordings; the same
    requires static jdk.unsupported; // sun.misc.Signal, for Ctrl-C; done without where it is missing

    exports io.github.jasyncio;
    exports io.github.jasyncio.internal;
    exports io.github.jasyncio.introspection;
    // what library is built on, beside what rewritten code needs
    exports io.github.jasyncio.internal.channels to
            io.github.jasyncio,
            io.github.jasyncio.testing;
    exports io.github.jasyncio.internal.debug to
            io.github.jasyncio;
    // what tests see of a loop
    exports io.github.jasyncio.internal.introspection to
            io.github.jasyncio.testing;
}
