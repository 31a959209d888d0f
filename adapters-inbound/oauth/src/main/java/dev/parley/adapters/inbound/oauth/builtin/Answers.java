package dev.parley.adapters.inbound.oauth.builtin;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import net.minidev.json.JSONObject;

/** Answers in JSON, which nobody may store. */
final class Answers {

  private static final String UNAVAILABLE = "temporarily_unavailable";

  private Answers() {}

  static void json(ServerResponse response, Status status, JSONObject json) {
    response
        .status(status)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header(HeaderNames.PRAGMA, "no-cache")
        .send(json.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  static void error(ServerResponse response, OAuthRefused refused) {
    if (refused.status().equals(Status.UNAUTHORIZED_401)) {
      response.header(
          HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"none: clients are public here\"");
    }
    error(response, refused.status(), refused.code(), refused.description());
  }

  private static void error(
      ServerResponse response, Status status, String code, String description) {
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
        UNAVAILABLE,
        "too many requests from this address; wait a minute");
  }

  /** The server cannot do it now, for a reason that its owner can mend. */
  static void unavailable(ServerResponse response, String why) {
    response.header(HeaderNames.RETRY_AFTER, "10");
    error(response, Status.SERVICE_UNAVAILABLE_503, UNAVAILABLE, why);
  }

  static void notAllowed(ServerRequest request, ServerResponse response, String methods) {
    response.header(HeaderNames.ALLOW, methods);
    error(
        response,
        Status.METHOD_NOT_ALLOWED_405,
        "invalid_request",
        "%s takes %s".formatted(request.path().rawPath(), methods));
  }
}
