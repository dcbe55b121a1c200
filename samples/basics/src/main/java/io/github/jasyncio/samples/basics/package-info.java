/** Small programs, one for each thing to know about coroutines, tasks and loops; each stands beside the output that it must print. */
@NullMarked
package io.github.jasyncio.samples.basics;

import org.jspecify.annotations.NullMarked;
