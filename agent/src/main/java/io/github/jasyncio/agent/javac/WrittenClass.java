package io.github.jasyncio.agent.javac;

import com.sun.source.util.TaskEvent;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * A class that javac writes.
 *
 * @param type what javac knows of it
 * @param name as in {@code shop.Orders$Line}
 * @param packageName empty for the unnamed one
 * @param moduleName empty for the unnamed one
 * @param source where it comes from
 */
record WrittenClass(TypeElement type, String name, String packageName, String moduleName, JavaFileObject source) {

    /** The class of a {@code GENERATE} event. */
    static WrittenClass of(TaskEvent event, Elements elements) {
        TypeElement type = event.getTypeElement();
        ModuleElement module = elements.getModuleOf(type);
        return new WrittenClass(
                type,
                elements.getBinaryName(type).toString(),
                elements.getPackageOf(type).getQualifiedName().toString(),
                module == null ? "" : module.getQualifiedName().toString(),
                event.getSourceFile());
    }

    /** The name of the file that holds it, or the one of a class beside it. */
    static String fileName(String className) {
        return className.substring(className.lastIndexOf('.') + 1) + ".class";
    }
}
