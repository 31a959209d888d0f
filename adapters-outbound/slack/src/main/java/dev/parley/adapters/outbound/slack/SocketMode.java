package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Socket Mode connection. Slack closes each after some hours and says so before: then the
 * next one is there before the last one goes. Whatever came in between two is for the listener to
 * read, who hears {@code up} of each.
 */
final class SocketMode implements AutoCloseable {

  private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final Connection connection;
  private final Line line;
  private final Thread thread = Thread.ofVirtual().name("parley-slack-socket").unstarted(this::run);
  private volatile boolean closed;

  SocketMode(Connection connection, Line line) {
    this.connection = connection;
    this.line = line;
  }

  void start() {
    thread.start();
  }

  private void run() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    Socket socket = null;
    try {
      while (!closed) {
        var next = open(backoff);
        if (socket != null) {
          socket.close();
        }
        socket = next;
        if (next != null) {
          line.up();
          backoff.reset();
          if (awaitEnd(next) == Socket.Fate.LOST) {
            line.down(connection.faults().lineDown("it was lost"));
          }
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    } finally {
      if (socket != null) {
        socket.close();
      }
    }
  }

  private Socket.Fate awaitEnd(Socket socket) throws InterruptedException {
    while (true) {
      var fate = socket.fate(BETWEEN_PINGS);
      if (fate != null) {
        return fate;
      }
      if (!socket.answers()) {
        throwIfClosed();
        return Socket.Fate.LOST;
      }
    }
  }

  /** The library forgets that it was interrupted while it waited for a pong. */
  private void throwIfClosed() throws InterruptedException {
    if (closed) {
      throw new InterruptedException();
    }
  }

  /** A socket over which Slack said hello; null after a while when there is none. */
  private @Nullable Socket open(Backoff backoff) throws InterruptedException {
    try {
      return connect();
    } catch (BackendException fault) {
      line.down(fault);
      var wait = backoff.next();
      Deadlines.pause(
          fault instanceof BackendException.RateLimited limited
                  && limited.retryAfter().compareTo(wait) > 0
              ? limited.retryAfter()
              : wait);
      return null;
    }
  }

  private Socket connect() throws InterruptedException {
    var settings = connection.settings();
    var faults = connection.faults();
    var deadline = Deadline.in(settings.timeout());
    Socket socket = null;
    var greeted = false;
    try {
      socket = new Socket(settings.appToken(), address(connection, deadline), line::news);
      greeted = socket.connect(deadline.left());
      if (!greeted) {
        throw faults.lineDown("Slack did not say hello in time");
      }
      return socket;
    } catch (URISyntaxException | IOException failure) {
      throw faults.lineDown("no connection came about");
    } finally {
      if (socket != null && !greeted) {
        socket.close();
      }
    }
  }

  /** Where Slack wants the next connection to be made; valid once. */
  static String address(Connection connection, Deadline deadline) {
    try {
      return connection
          .api()
          .askWith(connection.settings().appToken(), "apps.connections.open", Map.of(), deadline)
          .body()
          .path("url")
          .asText();
    } catch (ApiError error) {
      throw connection.faults().ofSocketMode(error);
    }
  }

  /** Ends the connection, in the background. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** Waits until all is closed, for so long at most. */
  void awaitEnd(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }
}
