package dev.parley.adapters.inbound.oauth.oidc;

import java.net.InetAddress;
import java.net.URI;

/**
 * A URL at which the provider is asked: HTTPS, or HTTP on this machine alone, since whoever could
 * answer in the provider's place could let anybody in.
 */
public record ProviderUrl(String value) {

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /**
   * A URL as somebody wrote it.
   *
   * @throws IllegalArgumentException when the provider must not be asked there
   */
  public ProviderUrl {
    var uri = URI.create(value);
    var host = uri.getHost();
    if (host == null
        || !("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(host)))) {
      throw new IllegalArgumentException(
          "'%s' is no https URL (http is for loopback addresses only)".formatted(value));
    }
  }

  /** Where an issuer publishes its metadata (OpenID Connect Discovery 1.0, section 4). */
  ProviderUrl discovery() {
    return new ProviderUrl(
        (value.endsWith("/") ? value.substring(0, value.length() - 1) : value) + DISCOVERY);
  }

  URI uri() {
    return URI.create(value);
  }

  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
