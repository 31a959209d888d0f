package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each at most once, as OAuth wants it. */
final class Form {

  private static final int MOST_BYTES = 64 * 1024;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
    fields.forEach((name, values) -> {
      if (values.size() > 1) {
        throw new OAuthRefused("invalid_request", "a parameter is there more than once");
      }
    });
  }

  /** Those of the query. */
  static Form ofQuery(ServerRequest request) {
    return new Form(URLUtils.parseParameters(request.query().rawValue()));
  }

  /** Those of a body that a form sent. */
  static Form ofBody(ServerRequest request) throws IOException {
    var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw new OAuthRefused(
          "invalid_request", "the body has to be application/x-www-form-urlencoded");
    }
    return new Form(URLUtils.parseParameters(new String(body(request), StandardCharsets.UTF_8)));
  }

  /** A body of at most 64 KiB. */
  static byte[] body(ServerRequest request) throws IOException {
    try (var in = request.content().inputStream()) {
      var body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new HttpException(
            "a body has at most %,d bytes here".formatted(MOST_BYTES),
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            false);
      }
      return body;
    }
  }

  /** The value of a parameter; null when it is absent or empty. */
  @Nullable String optional(String name) {
    var values = fields.get(name);
    return values == null || values.isEmpty() || values.getFirst().isEmpty()
        ? null
        : values.getFirst();
  }

  /** The value of a parameter that has to be there. */
  String required(String name) {
    var value = optional(name);
    if (value == null) {
      throw new OAuthRefused("invalid_request", name + " is missing");
    }
    return value;
  }
}
