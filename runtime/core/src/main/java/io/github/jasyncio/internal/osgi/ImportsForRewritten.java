package io.github.jasyncio.internal.osgi;

import io.github.jasyncio.Async;
import io.github.jasyncio.internal.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Lets bundles see the package that rewritten code calls. Who writes a bundle imports {@code io.github.jasyncio}, since no source says more; the rewriting may come
 * behind the tool that looks for what is to be imported, or when the class is loaded. Thread-safe.
 */
final class ImportsForRewritten implements WeavingHook {

    private static final String IMPORT = Frame.class.getPackageName();

    /** What the constant pool of every class has that is to be rewritten, or has been. */
    private static final byte[] MENTION =
            (Async.class.getPackageName().replace('.', '/') + "/").getBytes(StandardCharsets.UTF_8);

    @Override
    public void weave(WovenClass woven) {
        if (!woven.getDynamicImports().contains(IMPORT) && mentionsUs(woven.getBytes())) {
            woven.getDynamicImports().add(IMPORT);
        }
    }

    private static boolean mentionsUs(byte[] classFile) {
        int last = classFile.length - MENTION.length;
        for (int at = 0; at <= last; at++) {
            if (classFile[at] == MENTION[0]
                    && Arrays.equals(classFile, at, at + MENTION.length, MENTION, 0, MENTION.length)) {
                return true;
            }
        }
        return false;
    }
}
