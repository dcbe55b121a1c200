package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds in one method what cannot work, and what does probably not do what was meant. */
final class Misuse {

    private static final String MOCKITO = "org/mockito/";

    private final ClassNode owner;
    private final MethodNode method;
    private final LambdaBodies lambdas;
    private final BlockingCalls blockingCalls;
    private final AsyncKind kind;
    private final List<Diagnostic> found = new ArrayList<>();

    private Misuse(ClassNode owner, MethodNode method, LambdaBodies lambdas, BlockingCalls blockingCalls) {
        this.owner = owner;
        this.method = method;
        this.lambdas = lambdas;
        this.kind = AsyncKind.of(method, lambdas);
        this.blockingCalls = blockingCalls;
    }

    /** All of it, in the order of the code. */
    static List<Diagnostic> in(ClassNode owner, MethodNode method, LambdaBodies lambdas, BlockingCalls blockingCalls) {
        Misuse misuse = new Misuse(owner, method, lambdas, blockingCalls);
        misuse.check();
        return misuse.found;
    }

    private void check() {
        for (AbstractInsnNode instruction : method.instructions) {
            checkMethodReference(instruction);
            checkUnknownAwait(instruction);
        }
        if (kind == AsyncKind.GENERATOR) {
            checkGenerator();
        } else {
            checkEmits();
        }
        if (kind == AsyncKind.REFUSED) {
            checkDeclaration();
        } else if (kind == AsyncKind.NONE) {
            checkPlain();
        } else {
            checkAsync();
        }
        checkTest();
        for (AbstractInsnNode instruction : method.instructions) {
            checkDropped(instruction);
        }
        for (UnusedCoroutines.Unused unused : UnusedCoroutines.in(owner, method)) {
            warning(unused.call(), unused.what(), unused.wayOut());
        }
        found.sort((a, b) -> Integer.compare(a.where().line(), b.where().line()));
    }

    // ------------------------------------------------------------------------------------------------ errors

    private void checkMethodReference(AbstractInsnNode instruction) {
        String referred = referred(instruction);
        if (referred.equals(CoreNames.EMIT)) {
            error(
                    instruction,
                    "emit as a method reference cannot suspend: who calls it is not rewritten",
                    "Call emit in the body of the @Async method itself: for (T x : xs) { emit(x); }");
        } else if (referred.equals(CoreNames.AWAIT)) {
            error(
                    instruction,
                    "await as a method reference cannot suspend: who calls it is not rewritten",
                    "Write a lambda that awaits and returns a Coroutine: x -> Coroutine.of(await(x)).");
        }
    }

    private void checkUnknownAwait(AbstractInsnNode instruction) {
        if (Instructions.isUnknownAwait(instruction)) {
            error(
                    instruction,
                    "this version of jasyncio knows no await" + ((MethodInsnNode) instruction).desc,
                    "Use the runtime and the Maven plugin, agent or javac plugin of the same version.");
        }
    }

    /** The function of ours that an instruction refers to without calling it: await, emit, or nothing. */
    private static String referred(@Nullable AbstractInsnNode instruction) {
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            for (Object argument : dynamic.bsmArgs) {
                if (!referred(argument).isEmpty()) {
                    return referred(argument);
                }
            }
        }
        return instruction instanceof LdcInsnNode constant ? referred(constant.cst) : "";
    }

    private static String referred(Object constant) {
        boolean isOurs = constant instanceof Handle handle
                && handle.getOwner().equals(CoreNames.ASYNCIO)
                && (handle.getName().equals(CoreNames.AWAIT) || handle.getName().equals(CoreNames.EMIT));
        return isOurs ? ((Handle) constant).getName() : "";
    }

    private void checkDeclaration() {
        String returned = Type.getReturnType(method.desc).getClassName();
        String test = EntryPoints.testAnnotation(method);
        if ((method.access & Opcodes.ACC_ABSTRACT) != 0) {
            if (KotlinShapes.hasDefaultMethodsBeside(owner) || GroovyShapes.isOfTrait(method)) {
                return;
            }
            error(
                    null,
                    "@Async on an abstract method has no body to rewrite",
                    "Remove the annotation here and put it on the implementations: whoever calls sees a method that returns a Coroutine.");
        } else if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            error(
                    null,
                    "@Async on a native method has no body to rewrite",
                    "Call the native method from an @Async method.");
        } else if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            error(
                    null,
                    "a synchronized method cannot be @Async: a monitor cannot be held over a suspension",
                    "Use io.github.jasyncio.sync.Lock, or remove synchronized: one thread runs all coroutines of a loop.");
        } else if (returned.equals("void")) {
            error(
                    null,
                    "an @Async void method cannot be awaited, and nobody would hear of its failure: only a main method that the JVM can start,"
                            + " and a method with one of JUnit Jupiter's own annotations, may be one",
                    "Declare it as Coroutine<Void> and end it with: return Coroutine.done();");
        } else if (test != null) {
            testReturns(test, returned.substring(returned.lastIndexOf('.') + 1));
        } else {
            error(
                    null,
                    "an @Async method must return Coroutine (or CompletableFuture, CompletionStage), this one returns "
                            + returned,
                    "Declare it as Coroutine<" + SourceType.valueOf(method)
                            + "> and write: return Coroutine.of(value);");
        }
    }

    /** JUnit skips tests that return something, and says so at most in a log. */
    private void checkTest() {
        String annotation = EntryPoints.testAnnotation(method);
        String returned = Type.getReturnType(method.desc).getInternalName();
        boolean isCoroutine = returned.equals(CoreNames.COROUTINE);
        if (annotation != null
                && (isCoroutine || kind == AsyncKind.EAGER)
                && (method.access & Opcodes.ACC_BRIDGE) == 0) {
            testReturns(annotation, Descriptors.simpleName(returned));
        }
    }

    private void testReturns(String annotation, String returned) {
        String declaration = annotation.equals(EntryPoints.ASYNC_TEST) ? "void" : "@Async void";
        error(
                null,
                "JUnit does not run a " + annotation + " method that returns a value, this one returns " + returned,
                "Declare it as " + declaration
                        + ": it may await, and JUnit sees a method that ends when its body has ended.");
    }

    private void checkPlain() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (!Instructions.isAwait(instruction)) {
                checkClose(instruction);
                continue;
            }
            if (method.name.equals("<init>")) {
                error(
                        instruction,
                        "await in a constructor cannot suspend: a constructor has no Coroutine to return",
                        "Await in a static @Async factory method and pass the results to the constructor.");
            } else if (method.name.equals("<clinit>")) {
                error(
                        instruction,
                        "await in a static initialiser cannot suspend: it has no Coroutine to return",
                        "Await in an @Async method that is called before the value is needed.");
            } else if (lambdas.contain(method)) {
                error(
                        instruction,
                        "await in a lambda that returns "
                                + Type.getReturnType(method.desc).getClassName()
                                + " cannot suspend: only a lambda that returns Coroutine (or CompletableFuture) can",
                        lambdas.usesOf(method).stream().anyMatch(Misuse::isTakenByCollection)
                                ? "Write a for loop, or let all run at once: await(gather(list.stream().map(x -> ...).toList()));"
                                        + " with a lambda that gives a Coroutine."
                                : "Use a functional interface whose method returns Coroutine, such as AsyncCallable or AsyncFunction.");
            } else {
                boolean mayBeVoid = EntryPoints.isMain(method) || EntryPoints.testAnnotation(method) != null;
                error(
                        instruction,
                        "await outside an async method",
                        mayBeVoid && Type.getReturnType(method.desc).equals(Type.VOID_TYPE)
                                ? "Make the method @Async: whoever calls it waits until its body has ended."
                                : "Make the method @Async and let it return a Coroutine; or a CompletableFuture, if who calls it knows nothing of coroutines.");
            }
        }
    }

    private void checkEmits() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (Instructions.isEmit(instruction)) {
                error(
                        instruction,
                        lambdas.contain(method)
                                ? "emit in a lambda that returns "
                                        + Descriptors.simpleName(Type.getReturnType(method.desc)
                                                .getClassName()
                                                .replace('.', '/'))
                                        + ": only what returns AsyncGenerator can emit"
                                : "emit outside an async generator: only what returns AsyncGenerator can emit",
                        lambdas.contain(method)
                                ? "Emit in the body of the @Async method itself: in a loop instead of a lambda."
                                : "Make the method @Async, let it return AsyncGenerator<...> and end it with: return AsyncGenerator.done();");
            }
        }
    }

    private void checkGenerator() {
        EmittedTypes.wrong(owner, method)
                .forEach((emit, types) -> error(
                        emit,
                        "emit of a value of type " + types.get(0) + " in a generator of " + types.get(1),
                        "Emit a value of type " + types.get(1) + ", or declare the method as AsyncGenerator<"
                                + types.get(0) + ">."));
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction.getOpcode() == Opcodes.ARETURN
                    && Instructions.straightBefore(instruction) instanceof MethodInsnNode made
                    && Type.getReturnType(made.desc).getDescriptor().equals(CoreNames.ASYNC_GENERATOR_DESCRIPTOR)
                    && !Instructions.isGeneratorDone(made)) {
                error(
                        made,
                        "an async generator ends by returning AsyncGenerator.done(), this one returns another generator",
                        "Hand out what that one gives: while (await(other.hasNext())) { emit(await(other.next())); } return AsyncGenerator.done();");
            }
        }
    }

    private void checkClose(AbstractInsnNode instruction) {
        if (Instructions.isWaitingClose(instruction) && instruction instanceof MethodInsnNode call) {
            warnOfClose(
                    call,
                    " outside an async method throws: closing it takes a wait",
                    "Make the method @Async and let it return a Coroutine: there try-with-resources awaits closeAsync().");
        }
    }

    /** Each way out of a try statement has its own call, and one warning is enough. */
    private void warnOfClose(MethodInsnNode call, String problem, String wayOut) {
        Diagnostic warning = new Diagnostic(
                Severity.WARNING, where(call), "close() on an " + Descriptors.simpleName(call.owner) + problem, wayOut);
        if (!found.contains(warning)) {
            found.add(warning);
        }
    }

    /** True in {@code list.forEach(x -> ...)} and {@code stream.map(x -> ...)}. */
    private static boolean isTakenByCollection(LambdaBodies.Use use) {
        MethodInsnNode taker = use.taker();
        return taker != null
                && (taker.owner.startsWith("java/util/stream/")
                        || taker.name.equals("forEach")
                        || taker.name.equals("forEachOrdered"));
    }

    private void checkAsync() {
        MonitorDepth monitors = new MonitorDepth(method);
        Set<MethodInsnNode> resources = ResourceCloses.in(method);
        for (AbstractInsnNode instruction : method.instructions) {
            if (Instructions.suspends(instruction)) {
                if (monitors.isSynchronized(instruction)) {
                    error(
                            instruction,
                            (Instructions.isEmit(instruction) ? "emit" : "await")
                                    + " in a synchronized block: a monitor cannot be held over a suspension",
                            "Use io.github.jasyncio.sync.Lock, or remove synchronized: one thread runs all coroutines of a loop.");
                }
            } else if (Instructions.isWaitingClose(instruction)
                    && instruction instanceof MethodInsnNode call
                    && !resources.contains(call)) {
                warnOfClose(
                        call,
                        " throws: closing it takes a wait",
                        "Write: await(....closeAsync()); or make it the resource of a try-with-resources statement, which does so.");
            } else {
                checkBlocking(instruction);
            }
        }
        checkReturnedNull();
        if (kind == AsyncKind.EAGER || kind == AsyncKind.GENERATOR) {
            return; // a future runs already: to return it from a try is as plain Java has it. A generator returns its
            // end
        }
        ReturnedCoroutines.Found made = ReturnedCoroutines.madeInTry(owner, method);
        for (AbstractInsnNode call : made.fromTry()) {
            error(
                    call,
                    "a coroutine made inside try is returned unawaited: it would run after the catch and finally blocks are left",
                    "Write: return Coroutine.of(await(...));");
        }
        for (AbstractInsnNode call : made.behindTry()) {
            warning(
                    call,
                    "a coroutine made inside try is returned unawaited behind it: it will run when the catch and finally blocks are left",
                    "To run it inside, await it there and return Coroutine.of(value).");
        }
        for (AbstractInsnNode call : made.fromMonitor()) {
            warning(
                    call,
                    "a coroutine made inside synchronized is returned unawaited: it will run when the monitor is released",
                    "To run it inside, use io.github.jasyncio.sync.Lock, and await it there.");
        }
    }

    /** Found at run time, too; but what stands there in so many words need not wait for that. */
    private void checkReturnedNull() {
        for (AbstractInsnNode literal : ReturnedNulls.in(owner, method)) {
            error(
                    literal,
                    "an async method must not return null: whoever awaits it would get a NullPointerException",
                    switch (kind) {
                        case EAGER -> "Write: return CompletableFuture.completedFuture(null);";
                        case GENERATOR -> "Write: return AsyncGenerator.done();";
                        default -> "Write: return Coroutine.done();";
                    });
        }
    }

    // ------------------------------------------------------------------------------------------------ warnings

    private void checkDropped(AbstractInsnNode instruction) {
        if (instruction.getOpcode() == Opcodes.POP
                && Instructions.straightBefore(instruction) instanceof MethodInsnNode call) {
            if (returnsCoroutine(call.desc) && !speaksToMockito(call) && !isForMockito()) {
                dropsCoroutine(instruction, call.name);
            } else if (returnsGenerator(call.desc) && !speaksToMockito(call) && !isForMockito()) {
                dropsGenerator(instruction, call.name);
            } else if (createsTask(call)) {
                warning(
                        instruction,
                        "the task that createTask(...) returns is not kept: nobody awaits it, and if it fails, that is only logged",
                        "Keep it and await it: Task<...> task = createTask(...); or create it in a TaskGroup, which waits for its tasks.");
            }
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic
                && !Type.getReturnType(dynamic.desc).getDescriptor().startsWith("L" + MOCKITO)
                && dynamic.bsmArgs.length > 1
                && dynamic.bsmArgs[0] instanceof Type function
                && dynamic.bsmArgs[1] instanceof Handle target
                && function.getSort() == Type.METHOD
                && function.getReturnType().equals(Type.VOID_TYPE)) {
            if (returnsCoroutine(target.getDesc())) {
                dropsCoroutine(instruction, target.getName());
            } else if (returnsGenerator(target.getDesc())) {
                dropsGenerator(instruction, target.getName());
            }
        }
    }

    private void dropsGenerator(AbstractInsnNode instruction, String name) {
        warning(
                instruction,
                "the async generator that " + name + "(...) returns is dropped: nothing of it will run",
                "Go through it: await(" + name + "(...).forEach(value -> {...}));");
    }

    private void dropsCoroutine(AbstractInsnNode instruction, String name) {
        warning(
                instruction,
                "the coroutine that " + name + "(...) returns is dropped: it will never run",
                "Await it: await(" + name + "(...)); or let it run beside: Task<...> task = createTask(" + name
                        + "(...));");
    }

    private static boolean returnsCoroutine(String descriptor) {
        return Type.getReturnType(descriptor).getDescriptor().equals(CoreNames.COROUTINE_DESCRIPTOR);
    }

    private static boolean returnsGenerator(String descriptor) {
        return Type.getReturnType(descriptor).getDescriptor().equals(CoreNames.ASYNC_GENERATOR_DESCRIPTOR);
    }

    private static boolean createsTask(MethodInsnNode call) {
        return call.name.equals(CoreNames.CREATE_TASK)
                && (call.owner.equals(CoreNames.ASYNCIO) || call.owner.equals(CoreNames.EVENT_LOOP));
    }

    /** True in {@code verify(shop).price(1);} and {@code doReturn(ten).when(shop).price(1);}, where the call is not meant as one. */
    private static boolean speaksToMockito(AbstractInsnNode call) {
        for (AbstractInsnNode before = call.getPrevious(); before != null; before = before.getPrevious()) {
            if (before instanceof MethodInsnNode mocking && mocking.owner.startsWith(MOCKITO)) {
                return true;
            }
            if (Instructions.endsStatement(before)) {
                return false;
            }
        }
        return false;
    }

    /** True in {@code mocked.when(() -> Shop.price(1))} and the like. */
    private boolean isForMockito() {
        return lambdas.usesOf(method).stream()
                .anyMatch(use -> use.functionalInterface().startsWith(MOCKITO));
    }

    private void checkBlocking(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            blockingCalls
                    .remedy(call)
                    .ifPresent(remedy -> warning(
                            instruction,
                            Descriptors.simpleName(call.owner) + "." + call.name
                                    + " blocks the thread of the event loop, and with it every other task",
                            remedy));
        }
    }

    // ------------------------------------------------------------------------------------------------ reporting

    private void error(@Nullable AbstractInsnNode instruction, String what, String wayOut) {
        found.add(new Diagnostic(Severity.ERROR, where(instruction), what, wayOut));
    }

    private void warning(AbstractInsnNode instruction, String what, String wayOut) {
        found.add(new Diagnostic(Severity.WARNING, where(instruction), what, wayOut));
    }

    private SourceLocation where(@Nullable AbstractInsnNode instruction) {
        int line = instruction == null ? Instructions.firstLine(method.instructions) : Instructions.lineOf(instruction);
        return new SourceLocation(
                Descriptors.className(owner.name), method.name, method.desc, owner.sourceFile, line, call(instruction));
    }

    private static @Nullable String call(@Nullable AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            return call.name;
        }
        if (instruction != null && instruction.getOpcode() == Opcodes.POP) {
            return call(Instructions.straightBefore(instruction));
        }
        // A constant here is a method reference, and only those to await and emit are found.
        boolean refers = instruction instanceof InvokeDynamicInsnNode || instruction instanceof LdcInsnNode;
        if (!refers) {
            return null;
        }
        return referred(instruction).isEmpty() ? CoreNames.AWAIT : referred(instruction);
    }
}
