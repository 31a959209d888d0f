package dev.parley.bootstrap.meeting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that runs for one meeting: on a free port of 127.0.0.1, behind a random password, with
 * its data in a temporary folder. It is a child process, so it ends with the other {@link Traces}.
 *
 * @param url where it is, password included
 * @param shown the same for a person
 */
public record ThrowawayServer(String url, String shown) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LINES_KEPT = 5;

  /** Whether the program of this backend's server is on this machine. */
  public static boolean isInstalled(String backend) {
    try {
      var _ = ServerKind.of(backend);
      return true;
    } catch (MeetingFailed missing) {
      return false;
    }
  }

  /** Starts one; returns when it takes connections. */
  public static ThrowawayServer start(String backend, Traces traces)
      throws MeetingFailed, IOException {
    var kind = ServerKind.of(backend);
    var folder = traces.folder("parley-demo-server");
    var port = freePort();
    var password = UUID.randomUUID().toString();
    var command = kind.prepare(folder, port, password);
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    awaitReady(process, kind.saysWhenReady(), command.getFirst());
    kind.makeAccount(port, password);
    return new ThrowawayServer(
        kind.url(port, password), "%s at 127.0.0.1:%d".formatted(kind.program(), port));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, String words, String program)
      throws MeetingFailed {
    var ended = new CompletableFuture<Optional<String>>();
    Thread.ofPlatform().daemon().name("server-log").start(() -> read(process, words, ended));
    try {
      var log = ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (log.isPresent()) {
        throw new MeetingFailed("%s did not start: %s".formatted(program, log.get()));
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new MeetingFailed(
          "%s was not ready within %d s".formatted(program, PATIENCE.toSeconds()));
    } catch (InterruptedException e) {
      throw new MeetingFailed("interrupted");
    }
  }

  /**
   * Completes with nothing once the server is ready, or with the end of its log. Reads on then, or
   * the log would fill the pipe and stop the server.
   */
  private static void read(
      Process process, String words, CompletableFuture<Optional<String>> ended) {
    Deque<String> last = new ArrayDeque<>();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(words)) {
          ended.complete(Optional.empty());
        }
        last.addLast(line.strip());
        if (last.size() > LINES_KEPT) {
          last.removeFirst();
        }
      }
      ended.complete(Optional.of(String.join(" | ", last)));
    } catch (IOException e) {
      ended.complete(Optional.of("its log cannot be read"));
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return shown;
  }
}
