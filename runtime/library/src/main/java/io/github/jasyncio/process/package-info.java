/**
 * Other programs: started, fed, listened to, waited for and ended without blocking the loop.
 *
 * <pre>{@code
 * Process sort = await(createSubprocessExec("sort", "-n"));
 * Communication said = await(sort.communicate("3\n1\n2\n".getBytes(US_ASCII)));
 * }</pre>
 *
 * <p>Semantics: {@code asyncio.subprocess}. Built on {@link java.lang.Process}; what waits for its pipes are threads that nobody sees.
 */
@NullMarked
package io.github.jasyncio.process;

import org.jspecify.annotations.NullMarked;
