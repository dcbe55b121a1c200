package io.github.jasyncio.maven;

import io.github.jasyncio.agent.files.Rewriting;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Rewrites the async methods of the project's classes. */
@Mojo(
        name = "transform",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.COMPILE)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
final class TransformMojo extends RewritingMojo {

    /** Where the classes are; they are rewritten in place. */
    @Parameter(defaultValue = "${project.build.outputDirectory}", required = true)
    private File classesDirectory;

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true, required = true)
    private List<String> classPath;

    @Override
    void run(Rewriting rewriting) throws IOException {
        transform(classesDirectory, rewriting);
    }

    @Override
    List<String> classPath() {
        return classPath;
    }

    @Override
    List<String> sourceRoots() {
        return sourceRoots;
    }
}
