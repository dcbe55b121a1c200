package io.github.jasyncio.internal.observers;

import io.github.jasyncio.internal.introspection.LoopView;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Shows loops to JMX clients. Only touched where there is the module {@code java.management}. Thread-safe.
 *
 * <p>The bean of all loops is there as long as that of any, so that the platform's server keeps nothing alive of a program that has closed its
 * loops.
 */
public final class Jmx {

    /** Put together here, because tools that relocate the runtime would change it as one text, and nobody who asks by it would find a loop. */
    private static final String DOMAIN = String.join(".", "io", "github", "jasyncio") + ":";

    /** Other copies of the runtime, in other class loaders, have their beans in the same server. */
    private static final int MOST_COPIES = 1000;

    private static final Jmx INSTANCE = new Jmx(ManagementFactory.getPlatformMBeanServer());

    private final MBeanServer server;
    private final Map<ObjectName, LoopBean> shown = new LinkedHashMap<>();

    /** Tells this copy of the runtime from the others; empty for the first. Set while anything is shown. */
    private String copy = "";

    private boolean isAllShown;

    private Jmx(MBeanServer server) {
        this.server = server;
    }

    /** Shows the loops that are not shown yet, and takes away those that have become garbage. */
    public static void show(List<LoopView> loops) {
        INSTANCE.update(loops);
    }

    /** Takes a loop away. */
    public static void hide(LoopView loop) {
        INSTANCE.remove(loop);
    }

    private synchronized void update(List<LoopView> loops) {
        List<ObjectName> gone = new ArrayList<>();
        shown.forEach((name, bean) -> {
            if (bean.loop() == null) {
                gone.add(name);
            }
        });
        gone.forEach(this::remove);
        for (LoopView loop : loops) {
            if (!loop.isClosed() && shown.values().stream().noneMatch(bean -> bean.loop() == loop)) {
                add(loop);
            }
        }
    }

    private void add(LoopView loop) {
        try {
            loop.show();
            if (loop.isClosed()) {
                return; // meanwhile; whoever closes it from now on sees that it is to be hidden
            }
            if (!isAllShown) {
                showAll();
            }
            ObjectName name = name("type=EventLoop,id=" + loop.id());
            LoopBean bean = new LoopBean(loop);
            server.registerMBean(bean, name);
            shown.put(name, bean);
        } catch (JMException e) {
            throw new IllegalStateException("jasyncio could not register " + loop + " with JMX", e);
        }
    }

    private void showAll() throws JMException {
        for (int number = 1; ; number++) {
            copy = number == 1 ? "" : ",runtime=" + number;
            try {
                server.registerMBean(new LoopsBean(), allName());
                isAllShown = true;
                return;
            } catch (InstanceAlreadyExistsException e) {
                if (number == MOST_COPIES) {
                    throw e;
                }
            }
        }
    }

    private ObjectName allName() {
        return name("type=EventLoops");
    }

    private ObjectName name(String properties) {
        try {
            return new ObjectName(DOMAIN + properties + copy);
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e); // nothing in it is a user's
        }
    }

    private synchronized void remove(LoopView loop) {
        for (Map.Entry<ObjectName, LoopBean> entry : shown.entrySet()) {
            if (entry.getValue().loop() == loop) {
                remove(entry.getKey());
                return;
            }
        }
    }

    private void remove(ObjectName name) {
        shown.remove(name);
        unregister(name);
        if (shown.isEmpty()) {
            isAllShown = false;
            unregister(allName());
        }
    }

    private void unregister(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // Somebody else took it away; it was to go anyway.
        } catch (JMException e) {
            throw new IllegalStateException("jasyncio could not unregister " + name + " from JMX", e);
        }
    }
}
