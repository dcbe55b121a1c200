package io.github.jasyncio.agent.javac;

import java.io.IOException;
import java.net.URI;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/**
 * The class output as annotation processors see it. It goes on to work when the processing is over; that is how classes are reached here
 * that javac itself has written.
 */
final class FilerOutput implements ClassOutput {

    private final Filer filer;

    FilerOutput(Filer filer) {
        this.filer = filer;
    }

    @Override
    public FileObject written(WrittenClass written) throws IOException {
        return isBesideSource(written)
                ? FileBesideSource.of(written.source(), written.name())
                : filer.getResource(
                        StandardLocation.CLASS_OUTPUT, packageOf(written), WrittenClass.fileName(written.name()));
    }

    @Override
    public FileObject toWrite(WrittenClass beside, String className) throws IOException {
        return filer.createResource(
                StandardLocation.CLASS_OUTPUT, packageOf(beside), WrittenClass.fileName(className), beside.type());
    }

    /** Without {@code -d}, classes go where their sources are; there a filer, which is told of no source, finds files in the working directory. */
    private boolean isBesideSource(WrittenClass written) throws IOException {
        String probe = written.packageName().isEmpty() ? "probe" : written.packageName() + ".probe";
        URI found = filer.getResource(StandardLocation.CLASS_OUTPUT, inModule(written, probe), "Probe.class")
                .toUri();
        return "file".equals(found.getScheme())
                && "file".equals(written.source().toUri().getScheme())
                && !found.getPath().endsWith(probe.replace('.', '/') + "/Probe.class");
    }

    private String packageOf(WrittenClass written) {
        return inModule(written, written.packageName());
    }

    /** Only where several modules are compiled at once does a filer want, and take, the module's name. */
    private String inModule(WrittenClass written, String packageName) {
        if (written.moduleName().isEmpty()) {
            return packageName;
        }
        String named = written.moduleName() + "/" + packageName;
        try {
            filer.getResource(StandardLocation.CLASS_OUTPUT, named, "Probe.class");
            return named;
        } catch (FilerException e) {
            return packageName;
        } catch (IOException e) {
            return named; // there is no such file, but it was looked for
        }
    }
}
