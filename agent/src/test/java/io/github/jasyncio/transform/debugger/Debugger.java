package io.github.jasyncio.transform.debugger;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A small debugger: breakpoints by line, values of variables, stepping over lines. */
final class Debugger implements AutoCloseable {

    private final VirtualMachine vm;
    private final String className;
    private final Set<Integer> lines = new LinkedHashSet<>();
    private @Nullable EventSet stoppedBy;
    private @Nullable ThreadReference thread;

    /** Starts {@code className} in a process of its own, which waits before its first class. */
    Debugger(String className, String classPath) throws Exception {
        this.className = className;
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        argument(arguments, "main").setValue(className);
        argument(arguments, "options").setValue("-cp \"" + classPath + "\"");
        argument(arguments, "home").setValue(System.getProperty("java.home"));
        this.vm = connector.launch(arguments);
        var prepare = vm.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(className);
        prepare.enable();
    }

    private static Connector.Argument argument(Map<String, Connector.Argument> arguments, String name) {
        Connector.Argument argument = arguments.get(name);
        if (argument == null) {
            throw new IllegalStateException("the connector knows no " + name);
        }
        return argument;
    }

    /** Asks to stop at a line of the class. */
    void breakAt(int line) {
        lines.add(line);
    }

    /** Runs on to the next stop: its line; 0 if the program has ended. */
    int resume() throws Exception {
        if (stoppedBy != null) {
            stoppedBy.resume();
        }
        while (true) {
            EventSet events = vm.eventQueue().remove(60_000);
            if (events == null) {
                throw new IOException("the program has not stopped for a minute");
            }
            stoppedBy = events;
            for (Event event : events) {
                if (event instanceof ClassPrepareEvent prepared) {
                    setBreakpoints(prepared.referenceType());
                } else if (event instanceof BreakpointEvent || event instanceof StepEvent) {
                    vm.eventRequestManager()
                            .deleteEventRequests(vm.eventRequestManager().stepRequests());
                    thread = ((LocatableEvent) event).thread();
                    return ((LocatableEvent) event).location().lineNumber();
                } else if (event instanceof VMDisconnectEvent) {
                    stoppedBy = null;
                    return 0;
                }
            }
            events.resume();
        }
    }

    /** Steps over the line at which the program stands. */
    int stepOver() throws Exception {
        StepRequest step =
                vm.eventRequestManager().createStepRequest(thread(), StepRequest.STEP_LINE, StepRequest.STEP_OVER);
        step.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        step.enable();
        return resume();
    }

    /** The method at which the program stands. */
    String method() throws IncompatibleThreadStateException {
        return frame().location().method().name();
    }

    /** How many places of the class have code for a line: a breakpoint stops at each of them. */
    int placesOf(int line) throws AbsentInformationException {
        return vm.classesByName(className).get(0).locationsOfLine(line).size();
    }

    /** The visible variables with their values. */
    Map<String, String> variables() throws IncompatibleThreadStateException, AbsentInformationException {
        Map<String, String> values = new TreeMap<>();
        StackFrame frame = frame();
        for (LocalVariable variable : frame.visibleVariables()) {
            values.put(variable.name(), String.valueOf(frame.getValue(variable)));
        }
        return values;
    }

    private StackFrame frame() throws IncompatibleThreadStateException {
        return thread().frame(0);
    }

    private ThreadReference thread() {
        if (thread == null) {
            throw new IllegalStateException("the program has not stopped");
        }
        return thread;
    }

    private void setBreakpoints(ReferenceType type) throws AbsentInformationException {
        for (int line : lines) {
            for (Location location : type.locationsOfLine(line)) {
                vm.eventRequestManager().createBreakpointRequest(location).enable();
            }
        }
    }

    @Override
    public void close() {
        vm.process().destroyForcibly();
    }
}
