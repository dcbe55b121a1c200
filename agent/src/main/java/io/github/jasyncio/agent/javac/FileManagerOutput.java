package io.github.jasyncio.agent.javac;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.util.Optional;
import javax.tools.FileObject;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * The class output through javac's own file manager, the very way that javac goes. Only where javac opens its inside to plugins: with
 * {@code -XDaccessInternalAPI}, or with {@code --add-exports} for another plugin's sake.
 */
final class FileManagerOutput implements ClassOutput {

    private final JavaFileManager files;

    private FileManagerOutput(JavaFileManager files) {
        this.files = files;
    }

    /** Empty if javac is closed. */
    static Optional<ClassOutput> of(JavacTask task) {
        try {
            Object context = task.getClass().getMethod("getContext").invoke(task);
            Object files = context.getClass().getMethod("get", Class.class).invoke(context, JavaFileManager.class);
            return Optional.of(new FileManagerOutput((JavaFileManager) files));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    @Override
    public FileObject written(WrittenClass written) throws IOException {
        return toWrite(written, written.name());
    }

    @Override
    public FileObject toWrite(WrittenClass beside, String className) throws IOException {
        Location location = StandardLocation.CLASS_OUTPUT;
        if (files.hasLocation(StandardLocation.MODULE_SOURCE_PATH)) {
            location = files.getLocationForModule(location, beside.moduleName());
        }
        return files.getJavaFileForOutput(location, className, JavaFileObject.Kind.CLASS, beside.source());
    }
}
