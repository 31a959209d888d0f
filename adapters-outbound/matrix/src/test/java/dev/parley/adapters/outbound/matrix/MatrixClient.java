package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * An ordinary client of an account, by plain requests. Without java.net.http, whose threads would
 * be counted as left behind by the backend.
 */
record MatrixClient(String url, String userId, String token) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/_matrix/client/v3";
  private static final int PATIENCE = 20_000;

  /** Whether a homeserver is there. */
  static boolean answers(String url) {
    return new MatrixClient(url, "", "").get("/_matrix/client/versions").has("versions");
  }

  JsonNode get(String path) {
    return request("GET", path, null);
  }

  JsonNode post(String path, ObjectNode body) {
    return request("POST", path, body);
  }

  /** The room of an alias, as soon as there is one. */
  String awaitRoom(String alias) {
    var path = API + "/directory/room/" + Homeserver.encoded(alias);
    return Awaitility.await()
        .ignoreExceptions()
        .until(() -> get(path).path("room_id").asText(), id -> !id.isEmpty());
  }

  boolean hasRoom(String alias) {
    try {
      return get(API + "/directory/room/" + Homeserver.encoded(alias)).has("room_id");
    } catch (IllegalStateException notFound) {
      return false;
    }
  }

  String createRoom(ObjectNode request) {
    return post(API + "/createRoom", request).path("room_id").asText();
  }

  boolean join(String room) {
    return post(API + "/join/" + Homeserver.encoded(room), Json.object()).has("room_id");
  }

  void leave(String roomId) {
    post("%s/rooms/%s/leave".formatted(API, Homeserver.encoded(roomId)), Json.object());
  }

  /** Says a text as any client does. */
  String say(String roomId, String text) {
    return send(roomId, "m.room.message", Json.object().put("msgtype", "m.text").put("body", text));
  }

  String send(String roomId, String type, ObjectNode content) {
    return request(
            "PUT",
            "%s/rooms/%s/send/%s/%s"
                .formatted(API, Homeserver.encoded(roomId), type, UUID.randomUUID()),
            content)
        .path("event_id")
        .asText();
  }

  void setState(String roomId, String type, ObjectNode content) {
    var path = "%s/rooms/%s/state/%s".formatted(API, Homeserver.encoded(roomId), type);
    request("PUT", path, content);
  }

  void redact(String roomId, String eventId) {
    request(
        "PUT",
        "%s/rooms/%s/redact/%s/%s"
            .formatted(
                API, Homeserver.encoded(roomId), Homeserver.encoded(eventId), UUID.randomUUID()),
        Json.object());
  }

  void edit(String roomId, String eventId, String replacement) {
    var content = Json.object().put("msgtype", "m.text").put("body", "* " + replacement);
    content.putObject("m.new_content").put("msgtype", "m.text").put("body", replacement);
    content.putObject("m.relates_to").put("rel_type", "m.replace").put("event_id", eventId);
    send(roomId, "m.room.message", content);
  }

  /** The newest events of a room, the latest first. */
  JsonNode latest(String roomId, int count) {
    return get("%s/rooms/%s/messages?dir=b&limit=%d"
            .formatted(API, Homeserver.encoded(roomId), count))
        .path("chunk");
  }

  /** The newest event with this text in its body. */
  JsonNode eventSaying(String roomId, String text) {
    for (var event : latest(roomId, 200)) {
      if (event.path("content").path("body").asText().endsWith(text)) {
        return event;
      }
    }
    throw new IllegalStateException("nobody has said '%s'".formatted(text));
  }

  /** How many unread messages a room shows in this account, of a kind. */
  int unread(String roomId, String count) {
    var sync = get(API + "/sync?timeout=0");
    return sync.path("rooms")
        .path("join")
        .path(roomId)
        .path("unread_notifications")
        .path(count)
        .asInt();
  }

  /** A request to any interface of the server. */
  JsonNode request(String method, String path, @Nullable JsonNode body) {
    try {
      var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE);
      connection.setReadTimeout(PATIENCE);
      connection.setRequestMethod(method);
      connection.setRequestProperty("Connection", "close");
      if (!token.isEmpty()) {
        connection.setRequestProperty("Authorization", "Bearer " + token);
      }
      if (body != null) {
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
          out.write(Json.bytes(body));
        }
      }
      var status = connection.getResponseCode();
      try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        var answer = in == null ? Json.object() : JSON.readTree(in);
        if (status >= 400) {
          throw new IllegalStateException("%s %s: %d %s".formatted(method, path, status, answer));
        }
        return answer;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
