/**
 * The library explores itself: programs drawn by chance from what {@code sync}, task groups, timeouts and streams offer, each under many orders, with
 * cancellations at any moment. A few seconds in a build; {@code -Djasyncio.home.programs=} says how many programs of each kind to draw.
 */
@NullMarked
package io.github.jasyncio.testing.home;

import org.jspecify.annotations.NullMarked;
