/** The command line, for builds that have no plugin of ours: {@code java -jar jasyncio-agent.jar transform DIR|JAR...}. */
@NullMarked
package io.github.jasyncio.agent.cli;

import org.jspecify.annotations.NullMarked;
