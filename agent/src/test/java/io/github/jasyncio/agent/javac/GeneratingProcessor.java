package io.github.jasyncio.agent.javac;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Somebody else's annotation processor: generates one class with an async method. */
@SupportedAnnotationTypes("*")
public final class GeneratingProcessor extends AbstractProcessor {

    private boolean hasGenerated;

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (!hasGenerated) {
            hasGenerated = true;
            String source =
                    ShopSources.BASE.replace("class Base", "class Generated").replace("price()", "get()");
            try (Writer writer =
                    processingEnv.getFiler().createSourceFile("shop.Generated").openWriter()) {
                writer.write(source);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
