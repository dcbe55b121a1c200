package io.github.jasyncio.programs;

import com.sun.tools.attach.VirtualMachine;
import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Loads a class with async methods, attaches the agent to itself, and then runs another. */
public final class AttachingLate {

    private AttachingLate() {}

    public static void main(String[] arguments) throws Exception {
        Class.forName(Early.class.getName());
        VirtualMachine self =
                VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
        self.loadAgent(arguments[0], arguments.length > 1 ? arguments[1] : null);
        self.detach();
        Prices.main(arguments);
    }

    static final class Early {

        @Async
        static Coroutine<Void> nothing() {
            return Coroutine.done();
        }
    }
}
