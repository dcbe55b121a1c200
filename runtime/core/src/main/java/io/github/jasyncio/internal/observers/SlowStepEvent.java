package io.github.jasyncio.internal.observers;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** For Java Flight Recorder. */
@Name("io.github.jasyncio.SlowStep")
@Label("Slow Step")
@Description("A task's step or a callback that held its event loop for long")
@Category("jasyncio")
@Enabled(false)
@Threshold("20 ms")
@StackTrace(false)
public final class SlowStepEvent extends Event {

    @Label("Event Loop")
    long loop;

    @Label("Step")
    @Description("The task or the callback")
    @Nullable
    String step;
}
