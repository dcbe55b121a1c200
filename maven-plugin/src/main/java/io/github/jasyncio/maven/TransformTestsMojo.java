package io.github.jasyncio.maven;

import io.github.jasyncio.agent.files.Rewriting;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Rewrites the async methods of the project's test classes. */
@Mojo(
        name = "transform-tests",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.TEST)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
final class TransformTestsMojo extends RewritingMojo {

    @Parameter(defaultValue = "${project.build.testOutputDirectory}", readonly = true, required = true)
    private File classes;

    @Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
    private List<String> classPath;

    @Override
    void run(Rewriting rewriting) throws IOException {
        transform(classes, rewriting);
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
