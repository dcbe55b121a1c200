/** The chat, on an imagined network and as a user runs it. */
@NullMarked
package io.github.jasyncio.samples.chat;

import org.jspecify.annotations.NullMarked;
