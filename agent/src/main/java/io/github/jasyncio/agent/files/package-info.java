/**
 * Rewriting class files where builds keep them: in directories and in jars. For the command line and the Maven plugin, so that both treat
 * errors, stale files and what is rewritten already in the same way.
 */
@NullMarked
package io.github.jasyncio.agent.files;

import org.jspecify.annotations.NullMarked;
