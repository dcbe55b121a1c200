package io.github.jasyncio.agent;

import io.github.jasyncio.transform.TransformException;

/** How the agent and builds word what the transformer throws. */
public final class Messages {

    private Messages() {}

    /**
     * The message of {@code e}, with the name of the class.
     *
     * @param className put in front unless the message has it: the transformer cannot tell the name of a file that is no class file
     */
    public static String naming(String className, TransformException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(className) ? message : className + ": " + message;
    }
}
