package io.github.jasyncio.maven;

import io.github.jasyncio.agent.BlockingCallsFile;
import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.agent.files.ClassDirectory;
import io.github.jasyncio.agent.files.ClassPath;
import io.github.jasyncio.agent.files.Rewriting;
import io.github.jasyncio.transform.BlockingCalls;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What all goals have in common: their parameters, and how the findings become messages and a failed build. */
abstract class RewritingMojo extends AbstractMojo {

    /** Does nothing, if set. */
    @Parameter(property = "jasyncio.skip", defaultValue = "false")
    private boolean skip;

    /**
     * Names of the classes that may be rewritten; {@code *} stands for any characters, so {@code shop.*} is a package and all below it. By
     * default all classes.
     */
    @Parameter(property = "jasyncio.includes")
    private @Nullable List<String> includes;

    /** Names of the classes that stay as they are, even if included. */
    @Parameter(property = "jasyncio.excludes")
    private @Nullable List<String> excludes;

    /**
     * A file with more calls to warn of in async methods: one method a line, such as {@code shop.Dao.load}, and behind it, if one likes, what to do instead.
     * Lines that begin with {@code #} are comments.
     */
    @Parameter(property = "jasyncio.blockingCalls")
    private @Nullable File blockingCalls;

    /** Fails the build on warnings, too. */
    @Parameter(property = "jasyncio.failOnWarning", defaultValue = "false")
    private boolean failOnWarning;

    /** Names every class that was rewritten. */
    @Parameter(property = "jasyncio.verbose", defaultValue = "false")
    private boolean verbose;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("jasyncio is skipped (jasyncio.skip)");
            return;
        }
        Rewriting rewriting = new Rewriting(
                new ClassFilter(orEmpty(includes), orEmpty(excludes)),
                failOnWarning,
                new ClassPath(classPath().stream().map(Path::of).toList()),
                readBlockingCalls());
        try {
            run(rewriting);
        } catch (IOException e) {
            throw new MojoExecutionException("jasyncio cannot read or write class files: " + e, e);
        }
        new Findings(getLog(), sourceRoots()).report(rewriting, verb(), verbose);
    }

    /** Does the goal's work on its directories. */
    abstract void run(Rewriting rewriting) throws IOException;

    /** What the classes were compiled with, to verify them. */
    abstract List<String> classPath();

    /** Where the sources of the classes are, to name them in messages. */
    abstract List<String> sourceRoots();

    /** What the goal does to classes, for its messages. */
    String verb() {
        return "rewrote";
    }

    /** Rewrites a directory, if the project has it. */
    final void transform(File directory, Rewriting rewriting) throws IOException {
        if (!directory.isDirectory()) {
            getLog().debug(directory + " does not exist: nothing to rewrite");
            return;
        }
        for (String frame : new ClassDirectory(directory.toPath()).transform(rewriting)) {
            getLog().debug("deleted " + frame + ", which no class needs any more");
        }
    }

    private BlockingCalls readBlockingCalls() throws MojoExecutionException {
        File file = blockingCalls;
        try {
            return file == null ? BlockingCalls.known() : BlockingCallsFile.read(file.toPath());
        } catch (IllegalArgumentException e) {
            throw new MojoExecutionException("jasyncio: " + e.getMessage(), e);
        }
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }
}
