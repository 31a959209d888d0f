package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.outbound.support.Deadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;

/** A channel of Discord itself that a scenario begins with empty. */
final class LiveChannel {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TOO_MANY_REQUESTS = 429;
  private static final String MESSAGES = "/messages";

  private final HttpClient http;
  private final String token;
  private final String id;

  LiveChannel(HttpClient http, String token, String id) {
    this.http = http;
    this.token = token;
    this.id = id;
  }

  String id() {
    return id;
  }

  /** Deletes every message; Discord deletes many at once only where they are at most weeks old. */
  void empty() {
    while (true) {
      var found = new ArrayList<String>();
      send("GET", MESSAGES + "?limit=100", "").forEach(m -> found.add(m.get("id").asText()));
      if (found.isEmpty()) {
        return;
      }
      if (found.size() == 1) {
        var _ = send("DELETE", MESSAGES + "/" + found.getFirst(), "");
      } else {
        var ids = MAPPER.createObjectNode();
        found.forEach(ids.putArray("messages")::add);
        var _ = send("POST", MESSAGES + "/bulk-delete", ids.toString());
      }
    }
  }

  private JsonNode send(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create(DiscordSettings.USUAL_API + "/channels/" + id + path))
            .header("Authorization", "Bot " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      while (true) {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == TOO_MANY_REQUESTS) {
          var seconds = MAPPER.readTree(answer.body()).path("retry_after").asDouble(1);
          Deadlines.pause(Duration.ofMillis((long) (seconds * 1_000) + 1));
        } else if (answer.statusCode() >= 300) {
          throw new IllegalStateException(
              "the channel %s cannot be emptied (%d %s): grant the bot Manage Messages there"
                  .formatted(id, answer.statusCode(), answer.body()));
        } else {
          return MAPPER.readTree(answer.body());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while emptying a channel", interrupted);
    }
  }
}
