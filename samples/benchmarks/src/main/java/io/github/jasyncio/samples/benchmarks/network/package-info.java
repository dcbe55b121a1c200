/** Echo servers of several kinds, each in a JVM of its own, and the clients that keep them busy. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.network;

import org.jspecify.annotations.NullMarked;
