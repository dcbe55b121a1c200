package io.github.jasyncio.samples.benchmarks.peers;

import io.github.jasyncio.samples.benchmarks.kotlin.KotlinPeer;
import io.github.jasyncio.samples.benchmarks.peer.Peer;

/** Who takes part, in the order of the columns. */
public enum Peers {
    PLAIN("plain Java"),
    OURS("jasyncio"),
    KOTLIN("Kotlin"),
    FUTURES("CompletableFuture"),
    EA_ASYNC("EA Async"),
    VIRTUAL("virtual threads");

    private final String title;

    Peers(String title) {
        this.title = title;
    }

    /** What stands above its column. */
    public String title() {
        return title;
    }

    /** Makes one, for the thread that calls. */
    public Peer make() {
        return switch (this) {
            case PLAIN -> new PlainPeer();
            case OURS -> new JasyncioPeer();
            case KOTLIN -> new KotlinPeer();
            case FUTURES -> new CompletableFuturePeer();
            case EA_ASYNC -> EaAsyncLoader.peer();
            case VIRTUAL -> new VirtualThreadPeer();
        };
    }

    /** Whether a JVM of this feature version can run it. */
    public boolean runsOn(int javaVersion) {
        return this != VIRTUAL || javaVersion >= VirtualThreadPeer.FIRST_JAVA_VERSION;
    }
}
