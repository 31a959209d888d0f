package dev.parley.adapters.outbound.clientdocuments;

import dev.parley.domain.authorization.ClientId;
import dev.parley.ports.outbound.ClientDocuments.Unusable;
import java.net.URI;
import java.net.URISyntaxException;

/** The URL of a document, as an identifier of a client has to be written. */
record DocumentUrl(URI uri) {

  /**
   * Reads an identifier.
   *
   * @throws Unusable when it is no URL of a document
   */
  static DocumentUrl of(ClientId id) {
    try {
      var uri = new URI(id.value());
      var path = uri.getRawPath();
      if (!"https".equals(uri.getScheme())
          || uri.getHost() == null
          || uri.getPort() >= 0
          || uri.getRawUserInfo() != null
          || uri.getRawFragment() != null
          || path == null
          || path.length() < 2
          || path.contains(";")
          || !uri.normalize().equals(uri)) {
        throw new Unusable(
            "a client_id that is a URL is an https URL with a path, without port, user, fragment,"
                + " semicolons and dot segments");
      }
      return new DocumentUrl(uri);
    } catch (URISyntaxException _) {
      throw new Unusable("client_id is not a URL");
    }
  }

  String host() {
    return uri.getHost();
  }
}
