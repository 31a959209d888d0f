package dev.parley.adapters.outbound.clientdocuments;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.outbound.ClientDocuments;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/**
 * Fetches client ID metadata documents over HTTPS. Whoever asks for access chooses the URL, so the
 * server must not be made to ask its own network, nor to wait or to read for long: only public
 * addresses, only port 443, no redirects, no proxy, 5 seconds, 10 KiB, JSON, 32 at once; and the
 * document has to name its own URL. One that was good is kept as long as it says, an hour at most.
 */
@SecondaryAdapter
public final class FetchedClientDocuments implements ClientDocuments {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BoundedFetch fetch;
  private final FreshClients fresh;

  /** Fetches from public addresses. */
  public FetchedClientDocuments() {
    this(
        new BoundedFetch(
            BoundedFetch.client(new PublicAddresses(), PATIENCE).build(),
            BoundedFetch.HTTPS,
            PATIENCE),
        System::nanoTime);
  }

  FetchedClientDocuments(BoundedFetch fetch, LongSupplier nanoTime) {
    this.fetch = fetch;
    this.fresh = new FreshClients(nanoTime);
  }

  @Override
  public RegisteredClient fetch(ClientId id) {
    var url = DocumentUrl.of(id);
    var known = fresh.find(id);
    if (known != null) {
      return known;
    }
    var document = fetch.fetch(url);
    var client = document.describe(id);
    fresh.keep(client, document.fresh());
    return client;
  }
}
