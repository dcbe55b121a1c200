/**
 * Programs that log what CPython 3.13's asyncio logs for them, line by line and at the same virtual times.
 *
 * <p>Each is the twin of a Python program in the test resources: {@code LockFairnessTest} of {@code conformance/lock_fairness.py}, whose trace
 * is {@code conformance/lock_fairness.trace}. The README beside them has the format and the names. {@link
 * io.github.jasyncio.conformance.Twin} is what they are written with.
 *
 * <p>Lines that a twin cannot log ({@code Twin.withoutTwin}):
 *
 * <ul>
 *   <li>{@code group_misuse}: a task for a group that was not entered. In Java nobody has such a group; it is lent to the body.
 * </ul>
 */
@NullMarked
package io.github.jasyncio.conformance;

import org.jspecify.annotations.NullMarked;
