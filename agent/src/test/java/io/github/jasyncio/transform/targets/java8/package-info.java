/** Constructs that Java 8 has already; their classes are also compiled with {@code --release 8}. */
package io.github.jasyncio.transform.targets.java8;
