package dev.parley.adapters.inbound.http;

import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** The body of a request, bounded in size and in the time that it may take. */
final class RequestBody {

  /** The largest content with every character escaped, and room around it. */
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int PIECE = 16 * 1024;

  private RequestBody() {}

  /**
   * Reads a body to its end.
   *
   * @throws HttpException with status 413 or 408 when it is too large or too slow
   */
  static byte[] of(ServerRequest request) throws IOException {
    var declared = request.headers().contentLength().orElse(0);
    if (declared > MOST_BYTES) {
      throw tooLarge();
    }
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    var end = System.nanoTime() + LONGEST.toNanos();
    var body = new ByteArrayOutputStream(Math.clamp(declared, 512, PIECE));
    var piece = new byte[PIECE];
    try (var in = request.content().inputStream()) {
      for (int read; (read = in.read(piece)) >= 0; ) {
        body.write(piece, 0, read);
        if (body.size() > MOST_BYTES) {
          throw tooLarge();
        }
        if (System.nanoTime() > end) {
          throw new HttpException(
              "a body has to arrive within %d s".formatted(LONGEST.toSeconds()),
              Status.REQUEST_TIMEOUT_408,
              false);
        }
      }
    }
    return body.toByteArray();
  }

  private static HttpException tooLarge() {
    return new HttpException(
        "a body has at most %,d bytes".formatted(MOST_BYTES),
        Status.REQUEST_ENTITY_TOO_LARGE_413,
        false);
  }
}
