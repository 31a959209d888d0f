package dev.parley.bootstrap.demo;

import dev.parley.bootstrap.meeting.Launcher;
import dev.parley.bootstrap.meeting.MeetingFailed;
import dev.parley.bootstrap.meeting.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A person at a terminal: {@code parley tail} in one window, {@code parley post} in another. */
final class Person implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final Venue venue;
  private final Process tail;
  private final BlockingQueue<Optional<String>> screen = new LinkedBlockingQueue<>();

  private Person(String name, Venue venue) throws MeetingFailed {
    this.name = name;
    this.venue = venue;
    this.tail = start("tail", venue.topic());
    Thread.ofPlatform().daemon().name(name + "-screen").start(this::read);
  }

  /** Begins to watch the topic. */
  static Person watching(String name, Venue venue) throws MeetingFailed {
    return new Person(name, venue);
  }

  String name() {
    return name;
  }

  /** Waits until a text is on the screen; gives the lines that came up to it. */
  List<String> sees(String text) throws MeetingFailed {
    var lines = new ArrayList<String>();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        var line = screen.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null || line.isEmpty()) {
          throw new MeetingFailed("%s's 'parley tail' did not show \"%s\"".formatted(name, text));
        }
        lines.add(line.get());
        if (line.get().contains(text)) {
          return lines;
        }
      }
    } catch (InterruptedException e) {
      throw new MeetingFailed("interrupted");
    }
  }

  /** Answers a message; gives the id of the answer. */
  String answer(String message, String content) throws MeetingFailed {
    var post = start("post", "--reply-to", message, venue.topic(), content);
    try {
      var said = new String(post.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (post.waitFor() != 0) {
        throw new MeetingFailed("%s could not post".formatted(name));
      }
      return said.strip();
    } catch (IOException | InterruptedException e) {
      throw new MeetingFailed("%s could not post".formatted(name));
    }
  }

  private Process start(String command, String... arguments) throws MeetingFailed {
    var words =
        new ArrayList<>(List.of(command, "--config", venue.config().toString(), "--as", name));
    words.addAll(List.of(arguments));
    try {
      var builder =
          new ProcessBuilder(Launcher.command(words))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(venue.environment());
      return builder.start();
    } catch (IOException e) {
      throw new MeetingFailed("parley %s could not be started".formatted(command));
    }
  }

  private void read() {
    try (var lines = tail.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().map(Optional::of).forEach(screen::add);
    } catch (IOException | UncheckedIOException e) {
      // The window was closed while it was read.
    } finally {
      screen.add(Optional.empty());
    }
  }

  @Override
  public void close() {
    tail.destroy();
  }
}
