package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server in a process of its own, with its output in {@code server.log} of a folder. It ends with
 * this JVM at the latest.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(90);
  private static final Duration STOPPED = Duration.ofSeconds(15);
  private static final int SHOWN_OF_LOG = 2_000;

  private final Process process;
  private final Path log;
  private final Thread lastResort;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.lastResort = new Thread(this::endAll);
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Starts a server with a folder to work in; it may not be ready yet. */
  public static ServerProcess start(List<String> command, Path folder) {
    var log = folder.resolve("server.log");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server answers; fails with the end of its log when it does not. */
  public void awaitReady(BooleanSupplier answers) {
    awaitReady(answers, READY);
  }

  /** The same with another patience than the usual, for a server that starts slowly. */
  public void awaitReady(BooleanSupplier answers, Duration atMost) {
    try {
      Awaitility.await()
          .atMost(atMost)
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptions()
          .until(() -> answers.getAsBoolean() || !process.isAlive());
    } catch (ConditionTimeoutException _) {
      throw new IllegalStateException("the server does not answer: " + endOfLog());
    }
    if (!process.isAlive()) {
      throw new IllegalStateException("the server ended: " + endOfLog());
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Ends it in good order, by SIGTERM. */
  public void stop() {
    stop("TERM");
  }

  /** Ends it in good order, by the signal that it takes for that. */
  public void stop(String signal) {
    signal(signal);
    try {
      if (!process.waitFor(STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the server does not end: " + endOfLog());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Ends it and its children as {@code kill -9} does; returns when they are gone. */
  public void kill() {
    close();
  }

  /** Stops it in its tracks: its connections stay open, and nothing is answered. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze()}. */
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var sent = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (sent != 0 && process.isAlive()) {
        throw new IllegalStateException("the signal %s could not be sent".formatted(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAll() {
    var children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    children.forEach(child -> child.onExit().join());
  }

  private String endOfLog() {
    try {
      var text = Files.readString(log, StandardCharsets.UTF_8);
      return text.substring(Math.max(0, text.length() - SHOWN_OF_LOG));
    } catch (IOException e) {
      return "its log cannot be read (" + e.getMessage() + ")";
    }
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      return;
    }
  }
}
