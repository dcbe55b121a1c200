package io.github.jasyncio.transform;

import org.objectweb.asm.tree.MethodNode;

/** What the Groovy compiler makes of declarations that Java does not have. */
final class GroovyShapes {

    private static final String CODE_IS_BESIDE = "Lorg/codehaus/groovy/transform/trait/Traits$Implemented;";

    private GroovyShapes() {}

    /** True for a method of a trait, which has its code in a class beside the interface; that has its annotations, too. */
    static boolean isOfTrait(MethodNode method) {
        return method.visibleAnnotations != null
                && method.visibleAnnotations.stream().anyMatch(each -> each.desc.equals(CODE_IS_BESIDE));
    }
}
