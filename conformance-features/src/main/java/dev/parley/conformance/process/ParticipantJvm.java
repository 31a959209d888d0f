package dev.parley.conformance.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A process for participants. Those that left in good order leave theirs to the next, since
 * starting takes most of the time that a participant takes. All of them end with this process,
 * which closes their input.
 */
final class ParticipantJvm {

  private static final Duration LONGEST_END = Duration.ofSeconds(10);
  private static final ConcurrentLinkedDeque<ParticipantJvm> WAITING =
      new ConcurrentLinkedDeque<>();

  private final Process process;
  private final BufferedWriter orders;
  private final Thread listening;
  private volatile List<String> said = new CopyOnWriteArrayList<>();

  private ParticipantJvm(Process process) {
    this.process = process;
    this.orders = process.outputWriter();
    // Reading from a process holds on to the thread's carrier, of which there is one per processor.
    this.listening = Thread.ofPlatform().daemon().name("listening").start(this::run);
  }

  /** One that waits, or a new one. */
  static ParticipantJvm take() {
    var waiting = WAITING.pollFirst();
    while (waiting != null && !waiting.isAlive()) {
      waiting = WAITING.pollFirst();
    }
    return waiting == null ? start() : waiting;
  }

  /** What it says from now on, line by line. */
  List<String> listen() {
    said = new CopyOnWriteArrayList<>();
    return said;
  }

  /** Writes a line to its input. */
  void tell(String line) {
    try {
      orders.write(line);
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the participant's process is gone", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets the next participant have it. */
  void giveBack() {
    WAITING.addFirst(this);
  }

  /** Kills it as {@code kill -9} does, and waits until it is dead. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Waits until it has ended and its last word is heard. */
  void awaitEnd() {
    try {
      if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      listening.join();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static ParticipantJvm start() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ParticipantMain.class.getName());
    try {
      return new ParticipantJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    try (BufferedReader reader = process.inputReader()) {
      reader.lines().forEach(line -> said.add(line));
    } catch (IOException | UncheckedIOException e) {
      said.add("output ended: " + e.getMessage());
    }
  }
}
