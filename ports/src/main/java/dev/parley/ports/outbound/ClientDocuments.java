package dev.parley.ports.outbound;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RegisteredClient;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * Descriptions that clients publish of themselves: <a
 * href="https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/">client ID
 * metadata documents</a>.
 */
@SecondaryPort
public interface ClientDocuments {

  /**
   * Fetches the description of a client, from a public address only.
   *
   * @param id the URL of the document
   * @throws Unusable when there is none that can be used; the message says why
   */
  RegisteredClient fetch(ClientId id);

  /** A document that cannot be used. */
  final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }
}
