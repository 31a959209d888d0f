package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Refuses requests of which a proxy in front may see another end than this server does, so that
 * nobody can hide a request in another one: <a
 * href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, 6.3</a>, at its strictest.
 */
final class SoundFraming implements Filter {

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var lengths = request.headers().values(HeaderNames.CONTENT_LENGTH);
    var encodings = request.headers().values(HeaderNames.TRANSFER_ENCODING);
    var sound =
        switch (encodings.size()) {
          case 0 -> lengths.isEmpty() || (lengths.size() == 1 && isLength(lengths.getFirst()));
          case 1 -> lengths.isEmpty() && encodings.getFirst().equalsIgnoreCase("chunked");
          default -> false;
        };
    if (!sound) {
      throw new HttpException(
          "the length of a body is said once, by Content-Length in digits or by Transfer-Encoding"
              + " chunked",
          Status.BAD_REQUEST_400,
          false);
    }
    chain.proceed();
  }

  private static boolean isLength(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
