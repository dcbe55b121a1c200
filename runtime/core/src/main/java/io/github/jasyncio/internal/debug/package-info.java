/**
 * Debug mode: where things were made and what was lost, steps that hold the loop too long, tasks that wait in vain. Costs nothing where no loop is in debug
 * mode; what is asked then on the way of every await is {@link io.github.jasyncio.internal.DebugMode#isOn} alone.
 */
@NullMarked
package io.github.jasyncio.internal.debug;

import org.jspecify.annotations.NullMarked;
