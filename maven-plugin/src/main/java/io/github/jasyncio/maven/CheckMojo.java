package io.github.jasyncio.maven;

import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.Rewriting;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Reports what cannot be rewritten in the project's classes and test classes, and writes nothing: for projects that leave the rewriting to
 * the agent.
 */
@Mojo(
        name = "check",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.TEST)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters
final class CheckMojo extends RewritingMojo {

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    private File classes;

    @Parameter(defaultValue = "${project.build.testOutputDirectory}", readonly = true, required = true)
    private File testClasses;

    @Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
    private List<String> sourceRoots;

    @Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
    private List<String> testSourceRoots;

    @Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
    private List<String> classPath;

    @Override
    void run(Rewriting rewriting) throws IOException {
        for (File directory : List.of(classes, testClasses)) {
            if (directory.isDirectory()) {
                new ClassDirectory(directory.toPath()).check(rewriting);
            }
        }
    }

    @Override
    List<String> classPath() {
        return classPath;
    }

    @Override
    List<String> sourceRoots() {
        return Stream.concat(sourceRoots.stream(), testSourceRoots.stream()).toList();
    }

    @Override
    String verb() {
        return "would rewrite";
    }
}
