package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the address of a client and leaves it in the request's context as {@link InetAddress}. The
 * last address in {@code X-Forwarded-For} that is no trusted proxy is the client's, and only if a
 * trusted proxy connected; whatever stands before it may be invented.
 */
final class ClientAddresses implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);
  private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;

  private final List<Network> trusted;
  private final AtomicBoolean warned = new AtomicBoolean();

  ClientAddresses(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(Network::of).toList();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (request.remotePeer().address() instanceof InetSocketAddress peer) {
      var forwarded =
          request.headers().values(FORWARDED_FOR).stream()
              .flatMap(value -> Stream.of(value.split(",", -1)))
              .map(String::strip)
              .toList();
      if (!forwarded.isEmpty() && !isTrusted(peer.getAddress())) {
        warn(peer.getAddress());
      }
      request.context().register(of(peer.getAddress(), forwarded));
    }
    chain.proceed();
  }

  /**
   * The client's address.
   *
   * @param forwarded the addresses of the forwarding header, the nearest last
   */
  InetAddress of(InetAddress peer, List<String> forwarded) {
    var client = peer;
    for (var hop : forwarded.reversed()) {
      if (!isTrusted(client)) {
        return client;
      }
      var before = Network.address(hop);
      if (before == null) {
        return client;
      }
      client = before;
    }
    return client;
  }

  /** Once: whoever wants to can send the header. */
  private void warn(InetAddress peer) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "{} passes on requests of others (X-Forwarded-For), but is no trusted proxy, so that all"
              + " of them count as one client: if it is your proxy, add it to http.trusted_proxies",
          peer.getHostAddress());
    }
  }

  private boolean isTrusted(@Nullable InetAddress address) {
    return address != null && trusted.stream().anyMatch(network -> network.contains(address));
  }
}
