/** Those who take part, apart from the ones that other compilers have to see first. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
