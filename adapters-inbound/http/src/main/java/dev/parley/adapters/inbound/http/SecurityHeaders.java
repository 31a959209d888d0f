package dev.parley.adapters.inbound.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Headers of every answer: nothing is cached, sniffed, framed or referred. */
final class SecurityHeaders implements Filter {

  private static final Header NO_STORE = HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store");
  private static final Header NO_SNIFF =
      HeaderValues.create(HeaderNames.create("X-Content-Type-Options"), "nosniff");
  private static final Header NO_FRAME =
      HeaderValues.create(HeaderNames.create("X-Frame-Options"), "DENY");
  private static final Header NO_REFERRER =
      HeaderValues.create(HeaderNames.create("Referrer-Policy"), "no-referrer");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(NO_STORE).header(NO_SNIFF).header(NO_FRAME).header(NO_REFERRER);
    chain.proceed();
  }
}
