/** Coroutines, futures, tasks and the event loop of jasyncio. */
module io.github.jasyncio.core {
    requires static org.jspecify;

    exports io.github.jasyncio;
    exports io.github.jasyncio.internal;
}
