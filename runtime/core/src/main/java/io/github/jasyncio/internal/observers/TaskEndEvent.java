package io.github.jasyncio.internal.observers;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** For Java Flight Recorder. */
@Name("io.github.jasyncio.TaskEnd")
@Label("Task End")
@Description("A task is done")
@Category("jasyncio")
@Enabled(false)
@StackTrace(false)
public final class TaskEndEvent extends Event {

    @Label("Event Loop")
    long loop;

    @Label("Task")
    @Nullable
    String task;

    @Label("Outcome")
    @Description("finished, failed or cancelled")
    @Nullable
    String outcome;
}
