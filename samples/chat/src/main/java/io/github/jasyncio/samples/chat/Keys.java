package io.github.jasyncio.samples.chat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Key stores, as TLS wants to have them. */
final class Keys {

    private Keys() {}

    /**
     * Shows what is in a key store to others, and trusts what is in it; without one, trusts whom Java trusts.
     *
     * @throws IOException if it cannot be read
     */
    static SSLContext context(@Nullable Path file, @Nullable String password) throws IOException {
        try {
            if (file == null) {
                return SSLContext.getDefault();
            }
            char[] secret = password == null ? new char[0] : password.toCharArray();
            KeyStore store = KeyStore.getInstance(file.toFile(), secret);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, secret);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }
}
