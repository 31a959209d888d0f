package dev.parley.adapters.outbound.slack;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import com.slack.api.socket_mode.response.AckResponse;
import dev.parley.adapters.outbound.support.Deadlines;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket of Socket Mode, from its opening to its end; it is never opened again. */
final class Socket implements SocketModeMessageQueue, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

  /** How a socket ended, or is about to. */
  enum Fate {
    LOST,
    REPLACED_SOON
  }

  private final SocketModeClient client;
  private final BiConsumer<String, Ts> news;
  private final CompletableFuture<Boolean> hello = new CompletableFuture<>();
  private final CompletableFuture<Fate> fate = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * A socket at an address that Slack gave for it.
   *
   * @param news told of each channel and place of which an event tells
   */
  Socket(String appToken, String address, BiConsumer<String, Ts> news) throws URISyntaxException {
    this.news = news;
    // No threads that poll its queue, and no reconnecting behind our back.
    this.client =
        new SocketModeClientJavaWSImpl(
            Slack.getInstance(), appToken, address, 0, this, false, false, 0);
    client.addWebSocketCloseListener((code, reason) -> lost("closed with " + code));
    client.addWebSocketErrorListener(error -> lost(String.valueOf(error)));
  }

  private void lost(String why) {
    LOG.debug("the socket is gone: {}", why);
    hello.complete(false);
    fate.complete(Fate.LOST);
  }

  /** Connects, and waits for Slack's hello; false when it does not come in time. */
  boolean connect(Duration atMost) throws IOException, InterruptedException {
    client.connect();
    return Boolean.TRUE.equals(within(hello, atMost));
  }

  /** How the socket ended; null while it is there, after so long a time. */
  @Nullable Fate fate(Duration atMost) throws InterruptedException {
    return within(fate, atMost);
  }

  private static <T> @Nullable T within(CompletableFuture<T> future, Duration atMost)
      throws InterruptedException {
    try {
      return Deadlines.get(future, atMost);
    } catch (TimeoutException _) {
      return null;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("it is never completed by a failure", impossible);
    }
  }

  /** Whether the other side answers a ping within some seconds. */
  boolean answers() {
    return client.verifyConnection();
  }

  /** A message of Slack's, on the socket's thread: acknowledged before anything else. */
  @Override
  public void add(String message) {
    var envelope = Envelope.of(message);
    envelope.id().ifPresent(id -> client.sendSocketModeResponse(new AckResponse(id)));
    if (envelope.isHello()) {
      hello.complete(true);
      if (closed) {
        // The library did not close what was still being connected.
        close();
      }
    } else if (envelope.isFarewell()) {
      LOG.debug("Slack will close the socket: {}", envelope.reason());
      fate.complete(Fate.REPLACED_SOON);
    } else {
      envelope
          .channel()
          .ifPresent(channel -> envelope.place().ifPresent(ts -> news.accept(channel, ts)));
    }
  }

  /** Nothing is kept: each message was seen to when it came. */
  @Override
  public @Nullable String poll() {
    return null;
  }

  @Override
  public void close() {
    closed = true;
    try {
      client.close();
    } catch (IOException failure) {
      LOG.debug("closing the socket", failure);
    }
  }
}
