package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Socket Mode connection for all instances of a user on this machine. Slack gives each event to
 * one of an app's connections only, and allows ten of them; so one instance has the connection and
 * tells the others what comes. When it goes, another one takes over.
 */
final class Switchboard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Connection connection;
  private final MeetingPlace place;
  private final Line line;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofVirtual().name("parley-slack-switchboard").unstarted(this::run);

  Switchboard(Connection connection, MeetingPlace place, Line line) {
    this.connection = connection;
    this.place = place;
    this.line = line;
  }

  void start() {
    thread.start();
  }

  private void run() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      place.prepare();
      while (closing.getCount() > 0) {
        var seat = place.takeSeat();
        if (seat.isPresent()) {
          try (var _ = seat.get()) {
            host();
          }
        } else if (visit()) {
          backoff.reset();
        } else {
          Deadlines.pause(backoff.next());
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (IOException failure) {
      // One who is interrupted in the middle of it fails as well.
      if (closing.getCount() > 0) {
        alone(failure);
      }
    }
  }

  /** Without a place to meet there is a connection for this instance alone. */
  private void alone(IOException failure) {
    LOG.warn(
        "instances on this machine cannot share one Slack connection: {} ({})",
        place.folder(),
        failure.getMessage());
    try (var socket = new SocketMode(connection, line)) {
      socket.start();
      closing.await();
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void host() throws IOException, InterruptedException {
    var host = Host.at(place.address(), line);
    var socket = new SocketMode(connection, host);
    try {
      socket.start();
      closing.await();
    } finally {
      socket.close();
      host.close();
      host.awaitEnd(LAST_WORDS);
      socket.awaitEnd(LAST_WORDS);
    }
  }

  /** Listens to the instance that has the connection; false when there is none yet. */
  private boolean visit() {
    try (var channel = SocketChannel.open(place.address());
        var lines =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
      for (var told = lines.readLine(); told != null; told = lines.readLine()) {
        hear(told);
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void hear(String told) {
    var words = told.split(" ", 2);
    switch (words[0]) {
      case "up" -> line.up();
      case "down" ->
          line.down(
              new BackendException.Unavailable(
                  words.length > 1 ? words[1] : "the connection to Slack is down", null, null));
      case "news" -> {
        var at = words.length > 1 ? words[1].split(" ", 2) : new String[0];
        if (at.length == 2) {
          Ts.parse(at[1]).ifPresent(ts -> line.news(at[0], ts));
        }
      }
      default -> LOG.debug("not understood: {}", told);
    }
  }

  /** Leaves, so that another instance takes over. */
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(LAST_WORDS.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
