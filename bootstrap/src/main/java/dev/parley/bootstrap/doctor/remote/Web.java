package dev.parley.bootstrap.doctor.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Requests as a stranger makes them: no token, no cookies, no redirects, and a bounded wait. */
final class Web {

  private static final int MOST_BYTES = 256 * 1024;

  private final HttpClient client;
  private final Duration patience;

  /**
   * A client.
   *
   * @param patience how long an answer may take as a whole
   */
  Web(SSLContext tls, Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .sslContext(tls)
            .build();
  }

  /** A request that got no answer; the message says why. */
  static final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    NoAnswer(String why) {
      super(why);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  Answer get(String url) throws NoAnswer, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json"));
  }

  /** Posts an MCP request, as a client does that has no token yet. */
  Answer ping(String url, Map<String, String> headers) throws NoAnswer, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", "application/json, text/event-stream")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    headers.forEach(request::header);
    return send(request);
  }

  private Answer send(HttpRequest.Builder builder) throws NoAnswer, InterruptedException {
    var request = builder.timeout(patience).build();
    var answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    try {
      return Answer.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NoAnswer(late());
    } catch (ExecutionException e) {
      throw new NoAnswer(reason(Objects.requireNonNullElse(e.getCause(), e)));
    }
  }

  private String reason(Throwable why) {
    return switch (why) {
      case HttpTimeoutException _ -> late();
      case ConnectException _ -> "the connection is refused";
      case SSLException _ -> "TLS fails: " + why.getMessage();
      case IOException _ -> "the connection breaks (%s)".formatted(why.getMessage());
      default -> "the request fails (%s)".formatted(why.getClass().getSimpleName());
    };
  }

  private String late() {
    return "no answer within %d ms".formatted(patience.toMillis());
  }

  /**
   * An answer.
   *
   * @param header the first value of each header, by name in any case
   */
  record Answer(int status, Map<String, String> header, String body) {

    private static Answer of(HttpResponse<String> response) {
      var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(response.statusCode(), headers, response.body());
    }
  }
}
