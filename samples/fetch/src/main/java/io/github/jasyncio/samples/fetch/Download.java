package io.github.jasyncio.samples.fetch;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Fetches one page, within a time limit. */
final class Download {

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    private final Duration timeout;

    /**
     * Fetches pages.
     *
     * @param timeout for a page, from the connection to the last byte
     */
    Download(Duration timeout) {
        this.timeout = timeout;
    }

    /** What became of the page: that it failed is an outcome, too. */
    @Async
    Coroutine<Page> of(Page page) {
        long begin = System.nanoTime();
        try {
            Answer answer = await(waitFor(get(page.url()), timeout));
            return Coroutine.of(page.answered(answer.status(), answer.bytes(), since(begin)));
        } catch (AsyncTimeoutException e) {
            return Coroutine.of(page.failed("no answer within " + Texts.seconds(timeout), since(begin)));
        } catch (IOException | RuntimeException e) {
            // Unchecked ones, too: that is what the client makes of a redirection to something that is no URL.
            return Coroutine.of(page.failed(Reason.of(e, page.url()), since(begin)));
        }
    }

    @Async
    private Coroutine<Answer> get(URI url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("User-Agent", "jasyncio-samples-fetch")
                .build();
        LongAdder bytes = new LongAdder();
        // Java's own API: sendAsync gives a CompletableFuture, which is awaited like everything else. When this
        // coroutine is cancelled
        // (the time is up, or Ctrl-C), so is that future, and the client drops the connection.
        HttpResponse<Void> response = await(client.sendAsync(
                request,
                BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(content -> bytes.add(content.length)))));
        return Coroutine.of(new Answer(response.statusCode(), bytes.sum()));
    }

    private static Duration since(long beginNanos) {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }

    private record Answer(int status, long bytes) {}
}
