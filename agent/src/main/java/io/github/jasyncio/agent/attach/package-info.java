/**
 * What {@code ps} and {@code pstree} do: ask another process for a dump of its event loops. {@link
 * io.github.jasyncio.agent.attach.OtherProcess} asks, {@link io.github.jasyncio.agent.attach.DumpSender} answers.
 */
@NullMarked
package io.github.jasyncio.agent.attach;

import org.jspecify.annotations.NullMarked;
