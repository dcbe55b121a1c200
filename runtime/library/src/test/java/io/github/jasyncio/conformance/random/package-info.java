/**
 * Random programs, which log here what they log on CPython 3.13: a differential test.
 *
 * <p>A seed gives a program ({@code conformance/random/generate.py} in the test resources, which describes the form). {@code interpret.py} runs it
 * in Python and {@link io.github.jasyncio.conformance.random.Steps} in Java: the same methods with the same awaits, so every turn of the loop
 * shows. {@link io.github.jasyncio.conformance.random.RecordedProgramsTest} runs the programs whose traces are recorded, {@link
 * io.github.jasyncio.conformance.random.LiveProgramsTest} further ones against a CPython of this machine.
 *
 * <p>Async generators have programs of another form, and an interpreter of their own, because emits cannot be delegated: {@code conformance/generators} and
 * {@link io.github.jasyncio.conformance.random.GeneratorWorld}.
 */
@NullMarked
package io.github.jasyncio.conformance.random;

import org.jspecify.annotations.NullMarked;
