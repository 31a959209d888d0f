package dev.parley.adapters.outbound.support;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.ports.BackendException.RateLimited;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to an API of JSON over HTTP, each within a time of its own, the body included. Where the
 * server asks to slow down (429) the request is made again after as long as it asked for, since a
 * request that was answered so was not done. Nothing else is repeated here. For any number of
 * threads.
 */
public final class JsonClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

  private final HttpClient http;
  private final Function<JsonNode, Optional<Duration>> askedToWait;

  /**
   * A client.
   *
   * @param connectTimeout how long a connection may take to come about
   * @param askedToWait where in the body of a 429 the server says how long to wait, if it does not
   *     by the header {@code Retry-After}
   */
  public JsonClient(Duration connectTimeout, Function<JsonNode, Optional<Duration>> askedToWait) {
    this.askedToWait = askedToWait;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /**
   * Makes a request.
   *
   * @throws NoAnswer when none came in time
   * @throws RateLimited when the server asks to wait for longer than that
   */
  public JsonAnswer send(HttpRequest request, Duration atMost) throws NoAnswer {
    var deadline = Deadline.in(atMost);
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    while (true) {
      var answer = once(request, deadline);
      if (answer.status() != TOO_MANY_REQUESTS) {
        return answer;
      }
      var wait = RetryAfter.of(answer.headers()).or(() -> askedToWait.apply(answer.body()));
      pause(wait.orElseGet(backoff::next), deadline);
    }
  }

  private JsonAnswer once(HttpRequest request, Deadline deadline) throws NoAnswer {
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER);
    var exchange = http.sendAsync(request, handler);
    try {
      return parsed(Deadlines.get(exchange, deadline.left()));
    } catch (TimeoutException late) {
      throw new NoAnswer(
          "it did not answer in %d ms".formatted(deadline.whole().toMillis()), true, late);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("the call was cancelled", true, cancelled);
    } catch (ExecutionException failed) {
      throw noAnswer(failed);
    } finally {
      // Ends the exchange if it still runs.
      exchange.cancel(true);
    }
  }

  private static NoAnswer noAnswer(ExecutionException failed) {
    var why = failed.getCause() == null ? failed : failed.getCause();
    if (isCausedBy(why, HttpConnectTimeoutException.class)) {
      return new NoAnswer("no connection came about in time", false, why);
    }
    if (isCausedBy(why, UnresolvedAddressException.class)) {
      return new NoAnswer("its name cannot be resolved", false, why);
    }
    if (isCausedBy(why, ConnectException.class)) {
      return new NoAnswer("the connection was refused", false, why);
    }
    if (isCausedBy(why, SSLHandshakeException.class)) {
      return new NoAnswer("no TLS connection came about: " + why.getMessage(), false, why);
    }
    return new NoAnswer("the connection broke: " + why.getMessage(), true, why);
  }

  private static boolean isCausedBy(@Nullable Throwable why, Class<? extends Throwable> kind) {
    return why != null && (kind.isInstance(why) || isCausedBy(why.getCause(), kind));
  }

  private static JsonAnswer parsed(HttpResponse<byte[]> response) {
    return new JsonAnswer(response.statusCode(), response.headers(), json(response.body()));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can be read", impossible);
    }
  }

  private static void pause(Duration wait, Deadline deadline) throws NoAnswer {
    if (wait.compareTo(deadline.left()) > 0) {
      throw new RateLimited(
          "the server asks to wait for %.1f s before the next request, which is longer than this one may take: try again then"
              .formatted(wait.toMillis() / 1000.0),
          wait);
    }
    try {
      Deadlines.pause(wait);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new NoAnswer("the call was cancelled", false, cancelled);
    }
  }

  /** Ends what is still under way. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
