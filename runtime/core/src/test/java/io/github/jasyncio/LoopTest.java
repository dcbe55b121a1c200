package io.github.jasyncio;

import io.github.jasyncio.fixtures.VirtualTime;
import org.jspecify.annotations.NullUnmarked;

/** For tests of what runs when, beside the classes that they test. */
@NullUnmarked // null is tested as well
abstract class LoopTest extends VirtualTime {}
