package io.github.jasyncio.transform;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The methods of a class to which a weaver has moved what async methods did, to put advice around: AspectJ moves {@code price} to {@code
 * price_aroundBody0}. The moved one is the async method then. What is left under the old name is advice; it runs when the method is called, as it does if the
 * advice is woven after the rewriting.
 */
final class MovedBodies {

    private static final Pattern ASPECTJ = Pattern.compile("(.+)_aroundBody\\d+");

    /** By name and descriptor. */
    private final Set<String> bodies = new HashSet<>();

    /** By name and descriptor, what they are moved from. */
    private final Set<String> left = new HashSet<>();

    /** Finds them. */
    static MovedBodies in(ClassNode owner) {
        MovedBodies found = new MovedBodies();
        for (MethodNode method : owner.methods) {
            Matcher name = ASPECTJ.matcher(method.name);
            if ((method.access & Opcodes.ACC_STATIC) != 0 && name.matches() && AsyncKind.awaits(method)) {
                found.bodies.add(method.name + method.desc);
                found.addLeft(owner, name.group(1), method.desc);
            }
        }
        return found;
    }

    /** A moved body takes the receiver and the arguments of the method that it was, and then what AspectJ gives it. */
    private void addLeft(ClassNode owner, String name, String movedDescriptor) {
        String receiver = "L" + owner.name + ";";
        for (MethodNode method : owner.methods) {
            String descriptor =
                    (method.access & Opcodes.ACC_STATIC) != 0 ? method.desc : "(" + receiver + method.desc.substring(1);
            int end = descriptor.indexOf(')');
            if (method.name.equals(name)
                    && movedDescriptor.startsWith(descriptor.substring(0, end))
                    && movedDescriptor.endsWith(descriptor.substring(end))
                    && isAspectJs(movedDescriptor.substring(end, movedDescriptor.indexOf(')')))
                    && !AsyncKind.awaits(method)) {
                left.add(method.name + method.desc);
            }
        }
    }

    private static boolean isAspectJs(String parameters) {
        for (Type parameter : Type.getArgumentTypes("(" + parameters + ")V")) {
            if (!parameter.getDescriptor().startsWith("Lorg/aspectj/")) {
                return false;
            }
        }
        return true;
    }

    /** True if {@code method} is one. */
    boolean contain(MethodNode method) {
        return bodies.contains(method.name + method.desc);
    }

    /** True if {@code method} is what was left of an async method. */
    boolean areMovedFrom(MethodNode method) {
        return left.contains(method.name + method.desc);
    }
}
