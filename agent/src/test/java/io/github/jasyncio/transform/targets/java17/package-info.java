/** Constructs that came after Java 8. */
package io.github.jasyncio.transform.targets.java17;
