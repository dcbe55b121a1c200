package io.github.jasyncio.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates, made once for a run of the tests by the JDK's keytool: a server's for {@code localhost} and 127.0.0.1, another server's for {@code
 * other.example}, and a client's. Each is its own authority.
 */
final class Certificates {

    static final String PASSWORD = "secret";

    private static final Path FOLDER = folder();

    private static final Path SERVER = make("server", "dns:localhost,ip:127.0.0.1");
    private static final Path OTHER = make("other", "dns:other.example");
    private static final Path CLIENT = make("client", "dns:client.example");

    private Certificates() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("jasyncio-certificates");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path make(String name, String names) {
        Path store = FOLDER.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-ext",
                "bc:c",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        return store;
    }

    private static String keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server at localhost, which asks for and trusts the client's certificate if it is told to ask. */
    static SSLContext server() {
        return context(SERVER, CLIENT, null);
    }

    /** A server at {@code other.example}. */
    static SSLContext otherServer() {
        return context(OTHER, null, null);
    }

    /** A client that trusts both servers, and has no certificate. */
    static SSLContext client() {
        return context(null, SERVER, OTHER);
    }

    /** A client that trusts both servers, and has a certificate. */
    static SSLContext clientWithCertificate() {
        return context(CLIENT, SERVER, OTHER);
    }

    /** A client that trusts nobody here. */
    static SSLContext stranger() {
        return context(null, CLIENT, null);
    }

    /** The server's certificate, to be trusted, as a file that other programs read. */
    static Path serverCertificate() {
        return pem(
                "server.pem",
                keytool(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        "server",
                        "-keystore",
                        SERVER.toString(),
                        "-storepass",
                        PASSWORD));
    }

    /** The server's key and certificate, as a file that other programs read. */
    static Path serverKeyAndCertificate() {
        try {
            KeyStore store = load(SERVER);
            String key = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(
                            store.getKey("server", PASSWORD.toCharArray()).getEncoded());
            return pem(
                    "server-key.pem",
                    "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n"
                            + Files.readString(serverCertificate()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pem(String name, String text) {
        try {
            return Files.writeString(FOLDER.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(@Nullable Path keys, @Nullable Path trusted, @Nullable Path alsoTrusted) {
        try {
            KeyManagerFactory keyManagers = null;
            if (keys != null) {
                keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keyManagers.init(load(keys), PASSWORD.toCharArray());
            }
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            for (Path store : new Path[] {trusted, alsoTrusted}) {
                if (store != null) {
                    KeyStore from = load(store);
                    String alias = from.aliases().nextElement();
                    trust.setCertificateEntry(alias, from.getCertificate(alias));
                }
            }
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyManagers == null ? null : keyManagers.getKeyManagers(),
                    trust.size() == 0 ? null : trustManagers.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
