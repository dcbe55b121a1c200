package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoServerTest {

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

    static Stream<DemoPage> pagesThatAnswer() {
        return DemoPage.ALL.stream().filter(page -> page.expectedStatus() != 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pagesThatAnswer")
    void a_page_answers_with_the_status_that_is_expected_of_it(DemoPage page) throws Exception {
        try (DemoServer server = DemoServer.start()) {
            HttpResponse<Void> response = client.send(request(server, page), BodyHandlers.discarding());

            assertThat(response.statusCode()).isEqualTo(page.expectedStatus());
        }
    }

    @Test
    void a_page_that_is_cut_fails() throws Exception {
        try (DemoServer server = DemoServer.start()) {
            HttpRequest request = request(server, first(DemoPage.Kind.CUT));

            assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_page_that_hangs_ends_only_with_the_server() throws Exception {
        CompletableFuture<HttpResponse<Void>> hanging;
        try (DemoServer server = DemoServer.start()) {
            hanging = client.sendAsync(request(server, first(DemoPage.Kind.HANGING)), BodyHandlers.discarding());
            client.send(request(server, first(DemoPage.Kind.TEXT)), BodyHandlers.discarding());

            assertThat(hanging).isNotDone();
        }
        assertThatThrownBy(hanging::join).hasCauseInstanceOf(IOException.class);
    }

    private static DemoPage first(DemoPage.Kind kind) {
        return DemoPage.ALL.stream()
                .filter(page -> page.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static HttpRequest request(DemoServer server, DemoPage page) {
        return HttpRequest.newBuilder(server.url(page)).build();
    }
}
