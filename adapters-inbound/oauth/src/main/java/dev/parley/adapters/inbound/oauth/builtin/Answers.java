package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import net.minidev.json.JSONObject;

/** Answers in JSON, which nobody may store. */
final class Answers {

  private Answers() {}

  static void json(ServerResponse response, Status status, JSONObject json) {
    response
        .status(status)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .header(HeaderNames.PRAGMA, "no-cache")
        .send(json.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  static void error(ServerResponse response, OAuthRefused refused) {
    error(response, Status.BAD_REQUEST_400, refused.code(), refused.description());
  }

  static void error(ServerResponse response, Status status, String code, String description) {
    var json = new JSONObject();
    json.put("error", code);
    json.put("error_description", description);
    json(response, status, json);
  }

  static void tooMany(ServerResponse response) {
    response.header(HeaderNames.RETRY_AFTER, "60");
    error(
        response,
        Status.TOO_MANY_REQUESTS_429,
        "temporarily_unavailable",
        "too many requests from this address; wait a minute");
  }
}
