package dev.parley.adapters.outbound.clientdocuments;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RegisteredClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The clients that were fetched lately; of more than 100, those that were asked for last. */
final class FreshClients {

  private static final int MOST = 100;

  private final LinkedHashMap<ClientId, Fresh> clients = new LinkedHashMap<>(MOST, 0.75f, true);
  private final LongSupplier nanoTime;

  FreshClients(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Fresh(RegisteredClient client, long from, long nanos) {}

  synchronized @Nullable RegisteredClient find(ClientId id) {
    var found = clients.get(id);
    return found == null || nanoTime.getAsLong() - found.from() >= found.nanos()
        ? null
        : found.client();
  }

  synchronized void keep(RegisteredClient client, Duration fresh) {
    clients.put(client.id(), new Fresh(client, nanoTime.getAsLong(), fresh.toNanos()));
    if (clients.size() > MOST) {
      clients.pollFirstEntry();
    }
  }
}
