package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.JsonAnswer;
import dev.parley.adapters.outbound.support.JsonClient;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.RetryAfter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls of Zulip's REST API as one account. */
final class ZulipApi implements AutoCloseable {

  private static final String WAIT = "retry-after";
  private static final int LONGEST_SHOWN = 200;

  private final URI site;
  private final String authorization;
  private final Duration connectTimeout;
  // Made at the first call, since loading what it needs takes longer than a session may to start.
  private @Nullable JsonClient client;
  private boolean closed;

  ZulipApi(ZulipSettings settings) {
    this.site = settings.site();
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (settings.email() + ":" + settings.apiKey()).getBytes(StandardCharsets.UTF_8));
    this.connectTimeout = settings.timeout();
  }

  private static Optional<Duration> askedToWait(JsonNode body) {
    var seconds = body.path(WAIT);
    return seconds.isNumber()
        ? Optional.of(RetryAfter.seconds(seconds.decimalValue()))
        : Optional.empty();
  }

  JsonAnswer get(String path, Map<String, String> parameters, Duration atMost)
      throws NoAnswer, Refusal {
    var query = parameters.isEmpty() ? "" : "?" + form(parameters);
    return call(request(path + query).GET().build(), atMost);
  }

  JsonAnswer post(String path, Map<String, String> parameters, Duration atMost)
      throws NoAnswer, Refusal {
    return call(withForm("POST", path, parameters), atMost);
  }

  JsonAnswer delete(String path, Map<String, String> parameters, Duration atMost)
      throws NoAnswer, Refusal {
    return call(withForm("DELETE", path, parameters), atMost);
  }

  private HttpRequest withForm(String method, String path, Map<String, String> parameters) {
    return request(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .method(method, BodyPublishers.ofString(form(parameters)))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    // Zulip shows the part before the slash as the client by which a message was sent.
    return HttpRequest.newBuilder(URI.create("%s/api/v1%s".formatted(site, path)))
        .header("Authorization", authorization)
        .header("User-Agent", "Parley/1.0");
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private JsonAnswer call(HttpRequest request, Duration atMost) throws NoAnswer, Refusal {
    var answer = client().send(request, atMost);
    if (answer.isSuccess() && answer.body().path("result").asText().equals("success")) {
      return answer;
    }
    var said =
        answer
            .headers()
            .firstValue("Location")
            .orElseGet(() -> answer.body().path("msg").asText(""));
    throw new Refusal(
        answer.status(),
        answer.body().path("code").asText(""),
        said.substring(0, Math.min(said.length(), LONGEST_SHOWN)));
  }

  private synchronized JsonClient client() throws NoAnswer {
    if (closed) {
      throw new NoAnswer("this session is closed", false, null);
    }
    if (client == null) {
      client = new JsonClient(connectTimeout, ZulipApi::askedToWait);
    }
    return client;
  }

  @Override
  public void close() {
    JsonClient last;
    synchronized (this) {
      closed = true;
      last = client;
    }
    if (last != null) {
      last.close();
    }
  }
}
