package dev.parley.adapters.outbound.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the client library reports of one connection, from the first attempt on. */
final class ConnectionEvents implements ErrorListener, ConnectionListener {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionEvents.class);
  private static final Pattern DENIED =
      Pattern.compile(
          "permissions violation for (publish|subscription) to \"([^\"]*)\".*",
          Pattern.CASE_INSENSITIVE);

  /** What the account may not do. */
  record Denial(boolean publish, String subject) {}

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean connected;
  private volatile @Nullable Exception lastException;
  private volatile @Nullable String lastError;
  private volatile Consumer<Denial> onDenial = denial -> {};

  /** Completes when the connection was there and is gone. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void onDenial(Consumer<Denial> listener) {
    onDenial = listener;
  }

  /** What was last thrown inside the library, if anything. */
  @Nullable Exception lastException() {
    return lastException;
  }

  /** What the server last complained of, if anything. */
  @Nullable String lastError() {
    return lastError;
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    lastError = error;
    var denied = DENIED.matcher(error);
    if (denied.matches()) {
      onDenial.accept(new Denial(denied.group(1).equalsIgnoreCase("publish"), denied.group(2)));
    }
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception exception) {
    LOG.debug("the connection reports", exception);
    lastException = exception;
  }

  // An attempt at one of several servers also ends in DISCONNECTED. The method is deprecated, and
  // the
  // one that has to be implemented.
  @Override
  @SuppressWarnings("deprecation")
  public void connectionEvent(Connection connection, Events type) {
    if (type == Events.CONNECTED) {
      connected = true;
    } else if (connected && (type == Events.DISCONNECTED || type == Events.CLOSED)) {
      ended.complete(null);
    }
  }
}
