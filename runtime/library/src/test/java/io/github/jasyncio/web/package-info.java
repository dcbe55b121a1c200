/** What a web application meets, whose threads belong to a server that knows nothing of event loops. */
@NullMarked
package io.github.jasyncio.web;

import org.jspecify.annotations.NullMarked;
