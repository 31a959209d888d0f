package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that were meant for another host or sent by another site, as <a
 * href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#security-%26-endpoint">MCP</a>
 * wants it against DNS rebinding: a page that has its own name resolved to this server's address
 * still sends its own name.
 */
final class AllowedOrigins implements Filter {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts = new HashSet<>();

  /**
   * Allows a server's own names.
   *
   * @param host the address it listens on; one that is not loopback adds no name
   */
  AllowedOrigins(String host, String publicUrl) {
    var publicHost = hostOf(publicUrl);
    if (publicHost == null) {
      throw new IllegalArgumentException(
          "http: %s names no host that clients could use; correct http.host or set http.public_url"
              .formatted(publicUrl));
    }
    hosts.add(publicHost.toLowerCase(Locale.ROOT));
    var literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    if (LOOPBACK.contains(literal) || literal.startsWith("127.")) {
      hosts.addAll(LOOPBACK);
    }
    hosts.add(literal.toLowerCase(Locale.ROOT));
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var host = request.headers().first(HeaderNames.HOST).orElse(null);
    if (!isHealth(request)
        && !allowsHost(host)
        && !(request.localPeer().address() instanceof InetSocketAddress local
            && isConnected(host, local.getAddress()))) {
      Refusals.send(
          response,
          Status.FORBIDDEN_403,
          "this server is not called what the Host header says; use the address in"
              + " http.public_url");
    } else if (request.headers().values(HeaderNames.ORIGIN).stream()
        .anyMatch(origin -> !allowsOrigin(origin))) {
      Refusals.send(
          response, Status.FORBIDDEN_403, "pages of other sites may not use this server (Origin)");
    } else {
      chain.proceed();
    }
  }

  /** Whoever probes a server knows its address and not its name; what it learns is no secret. */
  private static boolean isHealth(RoutingRequest request) {
    var path = request.path().path();
    return path.equals(Health.PATH) || path.equals(Health.LIVE_PATH);
  }

  /** Whether a client calls the server by the address it connected to, which no page can rebind. */
  static boolean isConnected(@Nullable String host, InetAddress address) {
    var name = host == null ? null : hostOf("http://" + host);
    return name != null
        && (address.equals(literal(name))
            || (address.isLoopbackAddress() && LOOPBACK.contains(name.toLowerCase(Locale.ROOT))));
  }

  private static @Nullable InetAddress literal(String host) {
    return Network.address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }

  private boolean allowsHost(@Nullable String host) {
    return host != null && allows("http://" + host);
  }

  private boolean allowsOrigin(String origin) {
    return allows(origin);
  }

  private boolean allows(String url) {
    var host = hostOf(url);
    return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
  }

  private static @Nullable String hostOf(String url) {
    try {
      return new URI(url).getHost();
    } catch (URISyntaxException _) {
      return null;
    }
  }
}
