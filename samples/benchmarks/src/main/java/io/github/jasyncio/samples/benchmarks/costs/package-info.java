/** What single things cost, each beside what one would compare it with. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.costs;

import org.jspecify.annotations.NullMarked;
