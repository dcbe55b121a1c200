package io.github.jasyncio.internal.observers;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** For Java Flight Recorder; its stack trace is where the task was made. */
@Name("io.github.jasyncio.TaskStart")
@Label("Task Start")
@Description("A task was made")
@Category("jasyncio")
@Enabled(false)
public final class TaskStartEvent extends Event {

    @Label("Event Loop")
    long loop;

    @Label("Task")
    @Nullable
    String task;

    @Label("Coroutine")
    @Description("The method that the task runs")
    @Nullable
    String coroutine;
}
