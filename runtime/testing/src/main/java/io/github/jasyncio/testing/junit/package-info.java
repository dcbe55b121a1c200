/** How async tests are run by JUnit Jupiter: what {@link io.github.jasyncio.testing.AsyncExtension} is made of. */
@NullMarked
package io.github.jasyncio.testing.junit;

import org.jspecify.annotations.NullMarked;
