package dev.parley.adapters.inbound.http;

import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** The body of a request, bounded in the time that it may take; the server bounds its size. */
final class RequestBody {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int SMALLEST_PIECE = 512;
  private static final int PIECE = 16 * 1024;

  private RequestBody() {}

  /**
   * Reads a body to its end.
   *
   * @throws HttpException with status 408 when it is too slow
   */
  static byte[] of(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    var end = System.nanoTime() + LONGEST.toNanos();
    var size = Math.clamp(request.headers().contentLength().orElse(PIECE), SMALLEST_PIECE, PIECE);
    var body = new ByteArrayOutputStream(size);
    var piece = new byte[size];
    // Never closed: closing would wait for more of a body that is refused.
    var in = request.content().inputStream();
    for (int read; (read = in.read(piece)) >= 0; ) {
      body.write(piece, 0, read);
      if (System.nanoTime() > end) {
        throw new HttpException(
            "a body has to arrive within %d s".formatted(LONGEST.toSeconds()),
            Status.REQUEST_TIMEOUT_408,
            false);
      }
    }
    return body.toByteArray();
  }
}
