package io.github.jasyncio.agent.javac;

import com.sun.source.util.JavacTask;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/**
 * Processes no annotation: hands what javac gives to processors, and only to processors, over to the plugin. That has no other way to where
 * classes are written. Without {@code -Xplugin:jasyncio} it does nothing.
 */
public final class HandOverProcessor extends AbstractProcessor {

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        JavacTask task;
        try {
            task = JavacTask.instance(environment);
        } catch (IllegalArgumentException e) {
            return; // not javac, or somebody wraps its environment: the plugin will say what it lacks
        }
        Compilations.handOver(task, environment);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("io.github.jasyncio.Async");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** Claims nothing: javac does not ask further processors, such as Lombok's, once all annotations are claimed. */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return false;
    }
}
