package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.net.InetAddress;
import java.util.stream.Stream;

/** Whether the addresses of clients can be told from that of the proxy, and not be invented. */
final class ProxyCheck {

  private static final String CHECK = "trusted proxies";

  private ProxyCheck() {}

  static Stream<Finding> of(PublicServer server) {
    var http = server.configuration().http();
    var proxies = http.trustedProxies();
    if (proxies.stream().anyMatch(ProxyCheck::isEverybody)) {
      return Stream.of(
          Finding.warning(
              CHECK,
              "http.trusted_proxies is %s, so anybody may invent the address that rate limits see"
                  .formatted(String.join(", ", proxies)),
              "name the addresses of your own proxies only"));
    }
    if (server.isLoopback()) {
      return Stream.empty();
    }
    var direct = http.tls().cert() != null;
    if (!direct && proxies.isEmpty()) {
      return Stream.of(
          Finding.warning(
              CHECK,
              "http.trusted_proxies is empty, so all who come through the proxy or tunnel in front"
                  + " count as this machine and share one rate limit",
              "add the address from which the proxy connects, such as http: { trusted_proxies:"
                  + " [127.0.0.1] } for one on this machine"));
    }
    return Stream.of(
        Finding.ok(
            CHECK,
            proxies.isEmpty()
                ? "none; Parley itself serves TLS"
                : "X-Forwarded-For is believed from %s".formatted(String.join(", ", proxies))));
  }

  /** A network of which hardly all addresses are one's own. */
  private static boolean isEverybody(String network) {
    var slash = network.indexOf('/');
    if (slash < 0) {
      return false;
    }
    var v4 = InetAddress.ofLiteral(network.substring(0, slash)).getAddress().length == 4;
    return Integer.parseInt(network.substring(slash + 1)) < (v4 ? 8 : 7);
  }
}
