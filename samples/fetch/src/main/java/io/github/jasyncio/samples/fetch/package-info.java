/**
 * A program that fetches web pages concurrently: {@link Fetch} is where it begins. Its async methods are in {@link Crew}, {@link Download}
 * and {@link ProgressLine}; everything else is plain Java.
 */
@NullMarked
package io.github.jasyncio.samples.fetch;

import org.jspecify.annotations.NullMarked;
