package dev.parley.adapters.outbound.nats;

import dev.parley.ports.BackendException.Misconfigured;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one server is.
 *
 * @param url what the client connects to, without credentials
 * @param host host and port as a person reads them
 * @param userInfo credentials written into the URL; never shown
 */
record ServerAddress(String url, String host, @Nullable String userInfo) {

  private static final int DEFAULT_PORT = 4222;
  private static final List<String> SCHEMES = List.of("nats", "tls", "ws", "wss");

  /** Reads {@code nats://HOST:PORT}, or a part of it. */
  static ServerAddress of(String written) {
    try {
      var uri = new URI(written.contains("://") ? written : "nats://" + written);
      var name = uri.getHost();
      if (name == null || !SCHEMES.contains(uri.getScheme())) {
        throw refused(written);
      }
      var webSocket = uri.getScheme().startsWith("ws");
      var port = uri.getPort() < 0 && !webSocket ? DEFAULT_PORT : uri.getPort();
      var host = port < 0 ? name : name + ":" + port;
      var path = webSocket && uri.getPath() != null ? uri.getPath() : "";
      return new ServerAddress(uri.getScheme() + "://" + host + path, host, uri.getUserInfo());
    } catch (URISyntaxException notAnAddress) {
      throw refused(written);
    }
  }

  /** Whether the address itself asks for TLS. */
  boolean secure() {
    return url.startsWith("tls:") || url.startsWith("wss:");
  }

  private static Misconfigured refused(String written) {
    var shown = written.substring(written.lastIndexOf('@') + 1);
    return Misconfigured.of(
        "servers",
        "has '%s'; an address looks like nats://host:4222, with nats, tls, ws or wss"
            .formatted(shown));
  }

  @Override
  public String toString() {
    return host;
  }
}
