package io.github.jasyncio.samples.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes URLs of what the user wrote. */
final class Addresses {

    private static final String STANDARD_INPUT = "-";
    private static final int MAX_PORT = 65_535;

    private Addresses() {}

    /**
     * The URLs, in their order; where {@code -} stands, those on standard input, one a line. Empty lines, and lines that begin with {@code #},
     * are passed over there.
     *
     * @throws UsageException that names each address that is no URL
     */
    static List<URI> resolve(List<String> addresses, InputStream in) throws UsageException, IOException {
        List<URI> urls = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (String address : withLines(addresses, in)) {
            try {
                urls.add(url(address));
            } catch (UsageException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new UsageException(String.join("\nfetch: ", mistakes));
        }
        if (urls.isEmpty()) {
            throw new UsageException("standard input holds no URL");
        }
        return urls;
    }

    private static List<String> withLines(List<String> addresses, InputStream in) throws IOException {
        List<String> all = new ArrayList<>();
        for (String address : addresses) {
            if (address.equals(STANDARD_INPUT)) {
                // Not closed: it is not ours.
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(all::add);
            } else {
                all.add(address);
            }
        }
        return all;
    }

    private static URI url(String address) throws UsageException {
        URI url;
        try {
            url = new URI(address);
        } catch (URISyntaxException e) {
            throw new UsageException(
                    "'" + address + "' is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        String scheme = url.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw new UsageException("'" + address + "' does not begin with http:// or https://"
                    + (lacksScheme(url) ? "; did you mean https://" + address : ""));
        }
        if (url.getHost() == null) {
            throw new UsageException("'" + address + "' has no valid host name");
        }
        if (url.getPort() > MAX_PORT) {
            throw new UsageException("'" + address + "': port " + url.getPort() + " is above " + MAX_PORT);
        }
        return url;
    }

    /** True of {@code example.org/page}, and of {@code localhost:8080}, which is read as a scheme and something in it. */
    private static boolean lacksScheme(URI url) {
        return url.getScheme() == null
                || Character.isDigit(url.getSchemeSpecificPart().charAt(0));
    }
}
