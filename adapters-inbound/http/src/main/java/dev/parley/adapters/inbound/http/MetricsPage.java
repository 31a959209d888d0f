package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code /metrics}, in the <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">text format of
 * Prometheus</a>, for clients in some networks; for all others there is no such page.
 */
public final class MetricsPage implements HttpFeature {

  /** Where it is. */
  public static final String PATH = "/metrics";

  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  /** What proxies add. A request that bears one came from farther away than its connection. */
  private static final List<HeaderName> ADDED_BY_PROXIES =
      Stream.of(
              "X-Forwarded-For",
              "X-Forwarded-Host",
              "X-Forwarded-Proto",
              "X-Real-IP",
              "Forwarded",
              "Via",
              "CF-Connecting-IP")
          .map(HeaderNames::create)
          .toList();

  private final List<Network> networks;
  private final Supplier<byte[]> metrics;

  /**
   * Shows metrics.
   *
   * @param networks addresses, or networks in CIDR form, whose clients may see them
   * @param metrics writes them as they are now, in the text format
   */
  public MetricsPage(List<String> networks, Supplier<byte[]> metrics) {
    this.networks = networks.stream().map(Network::of).toList();
    this.metrics = metrics;
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing.route(Method.predicate(Method.GET, Method.HEAD), PathMatchers.exact(PATH), this::show);
  }

  private void show(ServerRequest request, ServerResponse response) {
    if (maySee(request)) {
      response.header(HeaderNames.CONTENT_TYPE, TEXT_FORMAT).send(metrics.get());
    } else {
      Refusals.send(response, Status.NOT_FOUND_404, "there is no such page");
    }
  }

  private boolean maySee(ServerRequest request) {
    var client = request.context().get(InetAddress.class).orElse(null);
    return client != null
        && networks.stream().anyMatch(network -> network.contains(client))
        && !isHidden(request, client);
  }

  /** Whether a proxy connected that is not trusted to say for whom, or that did not say it. */
  private static boolean isHidden(ServerRequest request, InetAddress client) {
    return ADDED_BY_PROXIES.stream().anyMatch(request.headers()::contains)
        && request.remotePeer().address() instanceof InetSocketAddress peer
        && client.equals(peer.getAddress());
  }
}
