package io.github.jasyncio.transform;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** What single instructions mean to us, and where they stand. */
final class Instructions {

    private Instructions() {}

    /** A call of {@code Asyncio.await}, either of them. */
    static boolean isAwait(AbstractInsnNode instruction) {
        return isCallOfAwait(instruction)
                && (((MethodInsnNode) instruction).desc.equals(CoreNames.AWAIT_AWAITABLE_DESCRIPTOR)
                        || ((MethodInsnNode) instruction).desc.equals(CoreNames.AWAIT_STAGE_DESCRIPTOR));
    }

    /** A call of an {@code Asyncio.await} that there is not, or not yet. */
    static boolean isUnknownAwait(AbstractInsnNode instruction) {
        return isCallOfAwait(instruction) && !isAwait(instruction);
    }

    private static boolean isCallOfAwait(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && call.owner.equals(CoreNames.ASYNCIO)
                && call.name.equals(CoreNames.AWAIT)
                && call.getOpcode() == Opcodes.INVOKESTATIC;
    }

    /** A call of {@code Asyncio.emit}. */
    static boolean isEmit(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && call.owner.equals(CoreNames.ASYNCIO)
                && call.name.equals(CoreNames.EMIT)
                && call.getOpcode() == Opcodes.INVOKESTATIC;
    }

    /** Either of them: what an async method may suspend at. */
    static boolean suspends(AbstractInsnNode instruction) {
        return isAwait(instruction) || isEmit(instruction);
    }

    /** {@code AsyncGenerator.done()}. */
    static boolean isGeneratorDone(@Nullable AbstractInsnNode instruction) {
        return isCall(
                instruction, CoreNames.ASYNC_GENERATOR, CoreNames.GENERATOR_DONE, CoreNames.GENERATOR_DONE_DESCRIPTOR);
    }

    /** A call of {@code close()}, on whatever it may be; not of {@code super.close()}, which is part of closing. */
    static boolean isClose(@Nullable AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call
                && call.name.equals("close")
                && call.desc.equals("()V")
                && (call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE);
    }

    /** A call of {@code close()} on what is certainly an {@code AsyncCloseable}. */
    static boolean isWaitingClose(@Nullable AbstractInsnNode instruction) {
        return isClose(instruction)
                && instruction instanceof MethodInsnNode call
                && CoreNames.ASYNC_CLOSEABLES.contains(call.owner);
    }

    /** {@code Coroutine.of(value)}. */
    static boolean isCoroutineOf(@Nullable AbstractInsnNode instruction) {
        return isCall(instruction, CoreNames.COROUTINE, CoreNames.COROUTINE_OF, CoreNames.COROUTINE_OF_DESCRIPTOR);
    }

    /** {@code Coroutine.done()}. */
    static boolean isCoroutineDone(@Nullable AbstractInsnNode instruction) {
        return isCall(instruction, CoreNames.COROUTINE, CoreNames.COROUTINE_DONE, CoreNames.COROUTINE_DONE_DESCRIPTOR);
    }

    /** {@code CompletableFuture.completedFuture(value)}. */
    static boolean isCompletedFuture(@Nullable AbstractInsnNode instruction) {
        return isCall(
                instruction,
                CoreNames.COMPLETABLE_FUTURE,
                CoreNames.COMPLETED_FUTURE,
                CoreNames.COMPLETED_FUTURE_DESCRIPTOR);
    }

    private static boolean isCall(
            @Nullable AbstractInsnNode instruction, String owner, String name, String descriptor) {
        return instruction instanceof MethodInsnNode call
                && call.owner.equals(owner)
                && call.name.equals(name)
                && call.desc.equals(descriptor);
    }

    /** The instruction that runs right before, on every way; null if another way leads here, or none. */
    static @Nullable AbstractInsnNode straightBefore(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction.getPrevious();
        while (at != null && at.getOpcode() < 0) {
            if (at instanceof FrameNode) {
                return null; // a merge: only jump targets have frames
            }
            at = at.getPrevious();
        }
        return at;
    }

    /** The instruction that takes the value which {@code maker} leaves on the stack, if nothing but casts happens to it in between, whatever other ways lead there. */
    static @Nullable AbstractInsnNode taker(AbstractInsnNode maker) {
        Set<AbstractInsnNode> seen = new HashSet<>();
        AbstractInsnNode at = maker.getNext();
        while (at != null && seen.add(at)) {
            if (at.getOpcode() == Opcodes.GOTO) {
                at = ((JumpInsnNode) at).label;
            } else if (at.getOpcode() < 0 || at.getOpcode() == Opcodes.CHECKCAST) {
                at = at.getNext();
            } else {
                return at;
            }
        }
        return null;
    }

    /** True if a frame stands at the very place behind {@code instruction}; a second one could not be written there (JVMS 4.7.4). */
    static boolean isFollowedByFrame(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction.getNext();
        while (at != null && at.getOpcode() < 0) {
            if (at instanceof FrameNode) {
                return true;
            }
            at = at.getNext();
        }
        return false;
    }

    /**
     * True if the value that {@code instruction} leaves on the stack may be used as an object whose absence is a NullPointerException that names it: what
     * follows calls it, unboxes it or reads it, or puts something on top of it first.
     */
    static boolean isUsedAsObject(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction.getNext();
        while (at != null && (at.getOpcode() < 0 || at.getOpcode() == Opcodes.CHECKCAST)) {
            if (at instanceof FrameNode) {
                return false; // where ways meet the JVM knows no origin
            }
            at = at.getNext();
        }
        if (at == null) {
            return false;
        }
        return switch (at.getOpcode()) {
            case Opcodes.GETFIELD, Opcodes.ARRAYLENGTH, Opcodes.ATHROW, Opcodes.MONITORENTER -> true;
            case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE ->
                Type.getArgumentCount(((MethodInsnNode) at).desc) == 0;
            case Opcodes.GETSTATIC, Opcodes.NEW -> true;
            default -> at.getOpcode() <= Opcodes.ALOAD && at.getOpcode() != Opcodes.NOP;
        };
    }

    /** True of what stands at the end of most statements and in few expressions: stores, returns, throws, dropped values. */
    static boolean endsStatement(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.POP,
                    Opcodes.POP2,
                    Opcodes.PUTFIELD,
                    Opcodes.PUTSTATIC,
                    Opcodes.RETURN,
                    Opcodes.ARETURN,
                    Opcodes.ATHROW -> true;
            default -> instruction.getOpcode() >= Opcodes.ISTORE && instruction.getOpcode() <= Opcodes.ASTORE;
        };
    }

    /** The source line of an instruction; 0 if the class file does not tell. */
    static int lineOf(AbstractInsnNode instruction) {
        for (AbstractInsnNode at = instruction; at != null; at = at.getPrevious()) {
            if (at instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }

    /** The first source line of some code; 0 if the class file does not tell. */
    static int firstLine(InsnList code) {
        for (AbstractInsnNode at : code) {
            if (at instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }

    /** True if the next instruction may run after this one. */
    static boolean fallsThrough(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.GOTO,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.ATHROW,
                    Opcodes.RETURN,
                    Opcodes.ARETURN,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN -> false;
            default -> true;
        };
    }
}
