package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of every request once it is answered, and logs one line for it at INFO. A stream is
 * answered when it ends.
 */
final class ServedRequests implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(ServedRequests.class);

  private static final int LONGEST_PATH = 200;
  private static final int LONGEST_METHOD = 20;
  private static final int HASH_BYTES = 4;

  private final Consumer<Served> watcher;
  private final AtomicInteger inFlight = new AtomicInteger();

  ServedRequests(Consumer<Served> watcher) {
    this.watcher = watcher;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var begun = System.nanoTime();
    inFlight.incrementAndGet();
    try {
      chain.proceed();
      tell(
          request,
          response,
          response.hasEntity() ? response.status().code() : Served.CLIENT_LEFT,
          begun);
    } catch (HttpException e) {
      tell(request, response, e.status().code(), begun);
      throw e;
    } catch (UncheckedIOException | CloseConnectionException e) {
      tell(request, response, Served.CLIENT_LEFT, begun);
      throw e;
    } catch (RuntimeException e) {
      tell(request, response, Status.INTERNAL_SERVER_ERROR_500.code(), begun);
      throw e;
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /** How many requests are not answered yet; a stream is one until it ends. */
  int inFlight() {
    return inFlight.get();
  }

  private void tell(RoutingRequest request, RoutingResponse response, int status, long begun) {
    var served =
        new Served(
            printable(request.prologue().method().text(), LONGEST_METHOD),
            printable(request.prologue().uriPath().rawPath(), LONGEST_PATH),
            status,
            Duration.ofNanos(System.nanoTime() - begun),
            response.headers().contains(HeaderNames.CONTENT_TYPE)
                && response
                    .headers()
                    .get(HeaderNames.CONTENT_TYPE)
                    .get()
                    .startsWith("text/event-stream"),
            request.context().get(InetAddress.class).orElse(null));
    watcher.accept(served);
    if (LOG.isInfoEnabled()) {
      log(served, request.context().get(Principal.class).map(ServedRequests::hash));
    }
  }

  /** Who asked is logged as a short hash. */
  private static void log(Served served, Optional<String> principal) {
    var client = served.client() == null ? "-" : served.client().getHostAddress();
    var event =
        LOG.atInfo()
            .addKeyValue("method", served.method())
            .addKeyValue("path", served.path())
            .addKeyValue("status", served.status())
            .addKeyValue("millis", served.duration().toMillis())
            .addKeyValue("client", client);
    if (principal.isPresent()) {
      event = event.addKeyValue("principal", principal.get());
    }
    event.log(
        "{} {} {} in {} ms for {} {}",
        served.method(),
        served.path(),
        served.status(),
        served.duration().toMillis(),
        client,
        principal.orElse("-"));
  }

  /** What a client sends must not be able to end the line, or to move the cursor of a terminal. */
  private static String printable(String text, int longest) {
    var printable = new StringBuilder();
    for (var i = 0; i < Math.min(text.length(), longest); i++) {
      var c = text.charAt(i);
      printable.append(c > ' ' && c < 0x7f ? c : '?');
    }
    return printable.toString();
  }

  static String hash(Principal principal) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(principal.getName().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
