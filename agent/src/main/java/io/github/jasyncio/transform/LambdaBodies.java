package io.github.jasyncio.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The methods of a class in which compilers have put the bodies of lambdas. They are recognised by how they are used, not by their names, which each
 * compiler chooses in its own way: {@code LambdaMetafactory} makes objects of them, and nobody calls them by name. Where a lambda became a class of its
 * own, that class says so: Kotlin's in its metadata, Groovy's by extending {@code Closure}.
 */
final class LambdaBodies {

    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final String KOTLIN_METADATA = "Lkotlin/Metadata;";
    private static final Integer KOTLIN_SYNTHETIC_CLASS = 3;
    private static final String GROOVY_CLOSURE = "groovy/lang/Closure";

    /** By name and descriptor of the body. */
    private final Map<String, List<Use>> uses = new HashMap<>();

    private final Set<String> bodies = new HashSet<>();
    private final MovedBodies moved;

    private LambdaBodies(MovedBodies moved) {
        this.moved = moved;
    }

    /** Where an object is made of a body. */
    record Use(MethodNode in, InvokeDynamicInsnNode site) {

        /** The internal name of the functional interface. */
        String functionalInterface() {
            return Type.getReturnType(site.desc).getInternalName();
        }

        /** The call that gets the object right away; null if something else becomes of it. */
        @Nullable
        MethodInsnNode taker() {
            AbstractInsnNode next = site.getNext();
            while (next != null && next.getOpcode() < 0) {
                next = next.getNext();
            }
            return next instanceof MethodInsnNode call ? call : null;
        }
    }

    /** Finds them. */
    static LambdaBodies in(ClassNode owner) {
        LambdaBodies found = new LambdaBodies(MovedBodies.in(owner));
        Set<String> called = new HashSet<>();
        for (MethodNode method : owner.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof InvokeDynamicInsnNode site
                        && site.bsm.getOwner().equals(METAFACTORY)) {
                    found.add(owner, new Use(method, site));
                } else if (instruction instanceof MethodInsnNode call && call.owner.equals(owner.name)) {
                    called.add(call.name + call.desc);
                }
            }
        }
        for (MethodNode method : owner.methods) {
            String key = method.name + method.desc;
            boolean isMade = (method.access & Opcodes.ACC_SYNTHETIC) != 0;
            boolean isHidden = (method.access & Opcodes.ACC_PRIVATE) != 0 && !called.contains(key);
            // javac keeps the bodies of lambdas in dead code, where nothing makes an object of them any more.
            boolean isUnused = isMade && isHidden;
            boolean isUsed = found.uses.containsKey(key) && (isMade || isHidden);
            if (isUnused || isUsed || isBodyOfLambdaClass(owner, method)) {
                found.bodies.add(key);
            }
        }
        return found;
    }

    private void add(ClassNode owner, Use use) {
        for (Object argument : use.site().bsmArgs) {
            if (argument instanceof Handle handle && handle.getOwner().equals(owner.name)) {
                uses.computeIfAbsent(handle.getName() + handle.getDesc(), key -> new ArrayList<>())
                        .add(use);
            }
        }
    }

    private static boolean isBodyOfLambdaClass(ClassNode owner, MethodNode method) {
        if ((method.access & Opcodes.ACC_BRIDGE) != 0) {
            return false;
        }
        return (GROOVY_CLOSURE.equals(owner.superName) && method.name.equals("doCall"))
                || (isMadeByKotlin(owner)
                        && (method.access & Opcodes.ACC_STATIC) == 0
                        && !method.name.equals("<init>"));
    }

    /** True of a lambda's class: Kotlin says of each class what it is made of. Static methods are those of interfaces, in another class of that kind. */
    private static boolean isMadeByKotlin(ClassNode owner) {
        if (owner.visibleAnnotations == null) {
            return false;
        }
        for (AnnotationNode annotation : owner.visibleAnnotations) {
            if (annotation.desc.equals(KOTLIN_METADATA) && annotation.values != null) {
                int kind = annotation.values.indexOf("k");
                return kind >= 0 && annotation.values.get(kind + 1).equals(KOTLIN_SYNTHETIC_CLASS);
            }
        }
        return false;
    }

    /** True if {@code method} is one. */
    boolean contain(MethodNode method) {
        return bodies.contains(method.name + method.desc);
    }

    /** Other methods without an annotation that are async. */
    MovedBodies moved() {
        return moved;
    }

    /** Where objects are made of a body. */
    List<Use> usesOf(MethodNode method) {
        return uses.getOrDefault(method.name + method.desc, List.of());
    }
}
