/** What is reported of failures, and that reporting never fails itself. */
@NullMarked
package io.github.jasyncio.reports;

import org.jspecify.annotations.NullMarked;
