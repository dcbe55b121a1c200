package io.github.jasyncio;

import io.github.jasyncio.internal.introspection.OnBehalf;
import java.util.function.Consumer;

/**
 * A done callback of the runtime's own, which many tasks may have in common and which runs nothing of the user's. Where it is the only callback, it
 * stands in the task itself; and the task, when it is done, goes to the ready queue in its place. So gathering 100,000 tasks makes no object for each.
 *
 * <p>A class and not an interface: whether an object is of a class is a matter of one comparison, and every future that is done is asked.
 */
abstract class TaskWatcher implements Consumer<Future<?>>, OnBehalf {}
