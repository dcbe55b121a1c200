package io.github.jasyncio.agent.files;

import java.io.IOException;

/** A jar is signed and so must not be changed; the message names it. */
public final class SignedJarException extends IOException {

    private static final long serialVersionUID = 1L;

    SignedJarException(String message) {
        super(message);
    }
}
