/**
 * The rewriting: a class file in, a {@link io.github.jasyncio.transform.Result} out. No I/O, no class loading, no logging; the same input gives
 * the same bytes; every class here is thread-safe or confined to one call.
 *
 * <h2>One example, from source to bytecode</h2>
 *
 * <pre>{@code
 * class Shop {
 *     @Async Coroutine<Integer> total(int n) {
 *         return Coroutine.of(n + await(price(n)));
 *     }
 * }
 * }</pre>
 *
 * <p>javac leaves a method that calls {@code Asyncio.await}, a method that only throws. {@link ConstantPool} sees that the class mentions us, {@link
 * ClassRewriter} reads it, {@link AsyncKind} says which of its methods are async and {@link Misuse} what is wrong with them. Three things are made of
 * {@code total}.
 *
 * <p><b>The stub</b> ({@link StubWriter}) keeps the method's name, signature and annotations. It runs nothing; it makes the handle:
 *
 * <pre>{@code
 * Coroutine total(int n)
 *     new Shop$total$async$0(this, n)
 *     areturn
 * }</pre>
 *
 * <p><b>The body</b> ({@link BodyWriter}) holds the code. It is static because the receiver of a fresh start and that of a resumed one come by
 * different ways, and so that nothing can override it:
 *
 * <pre>{@code
 * static synthetic Object lambda$total$async$0(Shop this, int n, Execution x, Shop$total$async$0 frame, int state)
 *     aload 2; aload 3; iload 4; istore 4; astore 3; astore 2    // behind the method's own locals, which keep their slots; here all are arguments
 *     iload 4; ifeq START                          // a fresh start, with or without a frame
 *     iload 4; tableswitch 1 -> RESUME_1, default -> START
 * RESUME_1:                                        // outside all try ranges, and before all lines
 *     aconst_null; astore 0                        // dead behind the await, and so not kept alive, but the frame at BACK_1 wants it typed
 *     aload 3; getfield argument1; istore 1        // dead too, but a number in scope costs nothing to keep, and a debugger may ask for it
 *     aload 3; getfield saved0                     // the operand is back on the stack
 *     goto BACK_1
 * START:
 *     nop
 *     iload 1                                      // the operand n stays on the stack ...
 *     aload 0; iload 1; invokevirtual price(I)Coroutine
 *     invokestatic Execution.present               // a clear message for null
 *     aload 2; invokevirtual Coroutine.start(Execution)Object
 *     dup; getstatic Execution.SUSPENDED; if_acmpne GO_ON
 *     pop
 *     iload 1; aload 2; aload 3
 *     invokestatic Shop$total$async$0.suspend$1(I I Execution Shop$total$async$0)Object   // ... and is saved from there, as n is
 *     areturn                                      // SUSPENDED, to whoever started or resumed us
 * BACK_1:                                          // frame: [Shop, int, Execution, Shop$total$async$0] [int]
 *     aload 2; invokevirtual Execution.result()Object    // the value, or the failure is thrown: inside the try ranges of the await
 * GO_ON:                                           // frame: [Shop, int, Execution, Shop$total$async$0] [int, Object]
 *     invokestatic Execution.await                 // gives it back; the JVM's message about null names this as where it came from
 *     checkcast Integer; invokevirtual intValue; iadd; invokestatic Integer.valueOf
 *     areturn                                      // Coroutine.of(value) has become the value
 * }</pre>
 *
 * <p><b>The frame class</b> ({@link FrameClassWriter}), {@code Shop$total$async$0}, is both handle and frame. {@code start} calls the body without a
 * frame: if nothing suspends, the handle is all that was ever made, and the JIT removes it. {@code suspend$1} makes the frame, hangs it behind the
 * frame of the coroutine awaited, and fills it: frames are made and linked from the innermost outwards, while the Java stack unwinds. A frame that is
 * there already is only filled; whoever started the body in it, or resumed it, links it if need be.
 *
 * <p><b>Other kinds</b> have the same body and frame class, and differ in the stub. That of the eager kind runs the body at once, up to its first suspension;
 * that of the run kind, {@code main} or a test, runs it to its end. That of a generator makes an {@code AsyncGenerator} of the handle, in which the body always
 * runs; an {@code emit} saves the frame and answers the value, and the end answers {@code Execution.ENDED}.
 *
 * <h2>The pipeline</h2>
 *
 * <ol>
 *   <li>{@link AwaitCloses}: a resource whose closing waits is awaited in place of being closed.
 *   <li>{@link MoveNewBehindArguments}: a suspended coroutine cannot hold an uninitialised object.
 *   <li>{@link FrameTypes}: the exact types before each instruction, from the class file's own frames; no class is loaded.
 *   <li>{@link Liveness}: which locals must be saved.
 *   <li>{@link FrameLayout}: which field each saved value goes to.
 *   <li>{@link BodyWriter}, {@link StubWriter}, {@link FrameClassWriter}.
 * </ol>
 *
 * <p>A test holds the listing above to what javac and the transformer make of the example.
 *
 * <p>All that rewritten code knows of core stands in {@link CoreNames}.
 */
@NullMarked
package io.github.jasyncio.transform;

import org.jspecify.annotations.NullMarked;
