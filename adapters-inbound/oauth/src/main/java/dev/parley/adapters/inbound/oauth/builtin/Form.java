package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each at most once, as OAuth wants it, except {@code resource}. */
final class Form {

  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final String RESOURCE = "resource";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int PIECE = 4 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
    fields.forEach((name, values) -> {
      if (values.size() > 1 && !name.equals(RESOURCE)) {
        throw new OAuthRefused("invalid_request", "a parameter is there more than once");
      }
    });
  }

  /** Those of the query. */
  static Form ofQuery(ServerRequest request) {
    return new Form(URLUtils.parseParameters(request.query().rawValue()));
  }

  /** Those of a body that a form sent. */
  static Form ofBody(ServerRequest request, ServerResponse response) throws IOException {
    var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").split(";", 2)[0];
    if (!type.strip().equalsIgnoreCase(TYPE)) {
      throw new OAuthRefused("invalid_request", "the body has to be " + TYPE);
    }
    return new Form(
        URLUtils.parseParameters(new String(body(request, response), StandardCharsets.UTF_8)));
  }

  /**
   * A body of at most 64 KiB, which has to arrive within 30 seconds. Of one that does not, the rest
   * is not waited for: the connection ends with the answer.
   */
  static byte[] body(ServerRequest request, ServerResponse response) throws IOException {
    var end = System.nanoTime() + LONGEST.toNanos();
    var body = new ByteArrayOutputStream();
    var piece = new byte[PIECE];
    // Never closed: closing would wait for more of a body that is refused.
    var in = request.content().inputStream();
    for (int read; (read = in.read(piece)) >= 0; ) {
      body.write(piece, 0, read);
      if (body.size() > MOST_BYTES) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        throw new OAuthRefused(
            Status.REQUEST_ENTITY_TOO_LARGE_413,
            "invalid_request",
            "a body has at most %,d bytes here".formatted(MOST_BYTES));
      }
      if (System.nanoTime() > end) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        throw new OAuthRefused(
            Status.REQUEST_TIMEOUT_408,
            "invalid_request",
            "a body has to arrive within %d s".formatted(LONGEST.toSeconds()));
      }
    }
    return body.toByteArray();
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

  /** What the request wants tokens for (RFC 8707); may be several. */
  List<String> resources() {
    return fields.getOrDefault(RESOURCE, List.of()).stream()
        .filter(resource -> !resource.isEmpty())
        .toList();
  }
}
