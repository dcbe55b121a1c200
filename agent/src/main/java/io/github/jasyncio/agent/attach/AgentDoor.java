package io.github.jasyncio.agent.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks a process by loading our agent into it, which sends the dump to a port of ours. */
final class AgentDoor {

    private static final int PATIENCE_MILLIS = 30_000;

    private final VirtualMachine machine;
    private final Path agent;
    private final long pid;

    AgentDoor(VirtualMachine machine, Path agent, long pid) {
        this.machine = machine;
        this.agent = agent;
        this.pid = pid;
    }

    String dump(DumpForm form) throws DumpException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_MILLIS);
            // Anybody on this machine can connect; only the process that we asked knows this.
            String token = UUID.randomUUID().toString();
            // At the same time: loading ends when all is sent, and a long dump is not sent before somebody reads it.
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> receive(server, token));
            machine.loadAgent(
                    agent.toAbsolutePath().toString(),
                    DumpSender.OPTION + form.name() + ":" + server.getLocalPort() + ":" + token);
            String dump = answer.join();
            if (dump.isEmpty()) {
                throw new DumpException(
                        "process " + pid + " has no event loops: the jasyncio runtime is not loaded there");
            }
            return dump;
        } catch (CompletionException e) {
            throw new DumpException("process " + pid + " did not answer: " + e.getCause(), e);
        } catch (AgentLoadException | AgentInitializationException | IOException e) {
            throw new DumpException(
                    "process " + pid
                            + " cannot be asked: its event loops are not seen by JMX (java.management is missing, or"
                            + " -Djasyncio.jmx=false), and the agent could not be loaded into it: " + e.getMessage(),
                    e);
        }
    }

    private static String receive(ServerSocket server, String token) {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (answer.startsWith(token)) {
                    return answer.substring(token.length());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
