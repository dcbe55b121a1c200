package io.github.jasyncio.internal.observers;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For Java Flight Recorder. */
@Name("io.github.jasyncio.LoopTurn")
@Label("Loop Turn")
@Description("An event loop ran what was ready")
@Category("jasyncio")
@Enabled(false)
@StackTrace(false)
public final class LoopTurnEvent extends Event {

    @Label("Event Loop")
    long loop;

    @Label("Entries")
    @Description("How many steps and callbacks ran")
    int entries;
}
