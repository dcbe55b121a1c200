/** Small programs, one for each thing to know about coroutines, tasks and loops. */
module io.github.jasyncio.samples.basics {
    requires io.github.jasyncio;
    requires static org.jspecify;
}
