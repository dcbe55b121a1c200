module shop {
    requires io.github.jasyncio.core;
}
