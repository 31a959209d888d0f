package dev.parley.bootstrap.doctor.remote;

import dev.parley.bootstrap.config.Configuration;
import java.net.InetAddress;
import java.net.URI;

/**
 * The server as the configuration says it is reached.
 *
 * @param url without a slash at its end
 */
record PublicServer(String url, Configuration configuration) {

  private static final String RESOURCE_METADATA = "/.well-known/oauth-protected-resource";

  static PublicServer of(Configuration configuration) {
    return new PublicServer(configuration.http().url(), configuration);
  }

  URI uri() {
    return URI.create(url);
  }

  String host() {
    return uri().getHost();
  }

  boolean isTls() {
    return "https".equals(uri().getScheme());
  }

  int port() {
    var port = uri().getPort();
    return port >= 0 ? port : isTls() ? 443 : 80;
  }

  /** Whether only programs on this machine can reach it. */
  boolean isLoopback() {
    if (host().equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host().replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  String mode() {
    return configuration.auth().mode();
  }

  /** Where clients send MCP, and what tokens are for. */
  String endpoint() {
    return url + "/mcp";
  }

  String health() {
    return url + "/health";
  }

  String resourceMetadata() {
    return url + RESOURCE_METADATA;
  }

  /** The metadata that the challenge leads to. */
  String endpointMetadata() {
    return url + RESOURCE_METADATA + "/mcp";
  }

  /** Who issues the tokens. */
  String issuer() {
    var issuer = configuration.auth().oidc().issuer();
    return mode().equals("oidc") && issuer != null ? issuer : url;
  }

  /** Where the process itself listens. */
  String listening() {
    var http = configuration.http();
    return "%s:%d".formatted(http.host(), http.port());
  }
}
