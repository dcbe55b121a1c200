/** The Maven plugin: hands the class files of a project to the one transformer, and its findings to Maven. */
@NullMarked
package io.github.jasyncio.maven;

import org.jspecify.annotations.NullMarked;
