package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.support.JsonClient;
import dev.parley.adapters.outbound.support.NoAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests to the client-server API of one homeserver. */
final class Homeserver implements AutoCloseable {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final String API = "/_matrix/client/v3";

  private final String url;
  private final JsonClient client;
  private final Health health;

  Homeserver(MatrixSettings settings, Health health) {
    this.url = settings.homeserver();
    this.health = health;
    var attempt = settings.timeout().dividedBy(2);
    this.client =
        new JsonClient(
            attempt.compareTo(LONGEST_CONNECT) < 0 ? attempt : LONGEST_CONNECT,
            Homeserver::askedToWait);
  }

  private static Optional<Duration> askedToWait(JsonNode body) {
    var wait = body.path("retry_after_ms");
    return wait.isNumber() ? Optional.of(Duration.ofMillis(wait.asLong())) : Optional.empty();
  }

  /** A request: its method, its path after the API's own, and what is sent. */
  record Call(String method, String path, @Nullable JsonNode body) {

    static Call get(String path) {
      return new Call("GET", path, null);
    }

    static Call post(String path, JsonNode body) {
      return new Call("POST", path, body);
    }

    static Call put(String path, JsonNode body) {
      return new Call("PUT", path, body);
    }
  }

  /** One segment of a path, or one value in a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The versions of the specification that the homeserver speaks; asked without an account. */
  JsonNode versions(Deadline deadline) throws NoAnswer, Refused {
    return send(url + "/_matrix/client/versions", Call.get(""), null, deadline);
  }

  /** Makes a request, with the token of a session or without. */
  JsonNode ask(Call call, @Nullable String token, Deadline deadline) throws NoAnswer, Refused {
    return send(url + API + call.path(), call, token, deadline);
  }

  private JsonNode send(String address, Call call, @Nullable String token, Deadline deadline)
      throws NoAnswer, Refused {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Accept", "application/json")
            .method(call.method(), publisher(call.body()));
    if (call.body() != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      var answer = client.send(request.build(), deadline.left());
      if (!answer.isSuccess() || !answer.body().isObject()) {
        throw new Refused(answer);
      }
      health.answered();
      return answer.body();
    } catch (NoAnswer noAnswer) {
      if (!Thread.currentThread().isInterrupted()) {
        health.failed(noAnswer.getMessage());
      }
      throw noAnswer;
    }
  }

  private static HttpRequest.BodyPublisher publisher(@Nullable JsonNode body) {
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body));
  }

  @Override
  public void close() {
    client.close();
  }
}
