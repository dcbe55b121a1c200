/** Tests of async programs: on virtual time, under many orders, on a simulated network. */
module io.github.jasyncio.testing {
    requires transitive io.github.jasyncio;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.assertj.core; // for those who use it
    requires static org.jspecify;

    exports io.github.jasyncio.testing;
}
