package io.github.jasyncio.agent.javac;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;

/** Where javac enters for {@code -Xplugin:jasyncio}. */
public final class JasyncioPlugin implements Plugin {

    @Override
    public String getName() {
        return "jasyncio";
    }

    /** Called by javac before it begins; a wrong argument becomes an error of the compilation, because an exception would look like a crash of javac. */
    @Override
    public void init(JavacTask task, String... arguments) {
        Compilation compilation = new Compilation(task, arguments);
        Compilations.add(task, compilation);
        task.addTaskListener(compilation);
    }
}
