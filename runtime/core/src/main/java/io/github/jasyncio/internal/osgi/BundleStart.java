package io.github.jasyncio.internal.osgi;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Starts with the bundle of core; only frameworks of OSGi load it. */
public final class BundleStart implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.registerService(WeavingHook.class, new ImportsForRewritten(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the hook away.
    }
}
