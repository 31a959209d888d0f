package dev.parley.adapters.outbound.nats;

import io.nats.client.Connection;
import java.util.Collection;

/** The server at the other end of a connection. */
final class ServerFacts {

  private static final String FIRST_WITH_BATCHES = "2.11.0";

  private final Connection connection;
  private final boolean givesBatches;

  ServerFacts(Connection connection) {
    this.connection = connection;
    this.givesBatches = isAtLeast(FIRST_WITH_BATCHES);
  }

  /** The most bytes that it takes in one message, headers included. */
  long maxPayload() {
    return connection.getMaxPayload();
  }

  String version() {
    return connection.getServerInfo().getVersion();
  }

  /** Where it is. */
  String host() {
    var url = connection.getConnectedUrl();
    return url == null ? "no server any more" : ServerAddress.of(url).host();
  }

  boolean isAtLeast(String version) {
    return connection.getServerInfo().isSameOrNewerThanVersion(version);
  }

  /** Whether it answers one direct get with many messages. */
  boolean givesBatches() {
    return givesBatches;
  }

  /** Whether it belongs to a cluster. */
  boolean isClustered() {
    var cluster = connection.getServerInfo().getCluster();
    return cluster != null && !cluster.isEmpty();
  }

  /** The servers of its cluster, as far as it knows them. */
  Collection<String> cluster() {
    return connection.getServers();
  }
}
