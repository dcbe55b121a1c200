/** What is built on the core with async methods of its own; brings the core along. */
module io.github.jasyncio {
    requires transitive io.github.jasyncio.core;
    requires static org.jspecify;

    exports io.github.jasyncio.loops;
    exports io.github.jasyncio.net;
    exports io.github.jasyncio.process;
    exports io.github.jasyncio.resources;
    exports io.github.jasyncio.staggered;
    exports io.github.jasyncio.sync;
}
