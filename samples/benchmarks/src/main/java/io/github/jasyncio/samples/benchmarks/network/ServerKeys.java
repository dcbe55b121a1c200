package io.github.jasyncio.samples.benchmarks.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate for the servers, made by the JDK's own tool, which clients trust. */
public final class ServerKeys implements AutoCloseable {

    private static final char[] PASSWORD = "benchmarks".toCharArray();
    private static final String ALIAS = "server";

    private final Path directory;

    /** Makes them. */
    public ServerKeys() throws IOException {
        directory = Files.createTempDirectory("jasyncio-benchmarks");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store().toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(store())) {
            throw new IOException("keytool made no key: " + said);
        }
    }

    /** Where they are, for {@link #context}. */
    public Path store() {
        return directory.resolve("keys.p12");
    }

    /** The same in the form that OpenSSL reads, and so CPython. */
    public Path pem() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(store().toFile(), PASSWORD);
            Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
            Path pem = directory.resolve("keys.pem");
            Files.writeString(
                    pem,
                    "-----BEGIN PRIVATE KEY-----\n"
                            + encoder.encodeToString(
                                    store.getKey(ALIAS, PASSWORD).getEncoded())
                            + "\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n"
                            + encoder.encodeToString(store.getCertificate(ALIAS).getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            return pem;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** TLS with the key and the certificate, for either side. */
    public static SSLContext context(Path store) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(store());
        Files.deleteIfExists(directory.resolve("keys.pem"));
        Files.delete(directory);
    }
}
