package dev.parley.adapters.outbound.sqlite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the database fares, as the last operations found it. */
final class Health {

  private volatile @Nullable Instant connectedSince;
  private volatile @Nullable Instant failingSince;
  private volatile @Nullable String lastFailure;
  private volatile @Nullable String version;

  void answered() {
    if (connectedSince == null) {
      connectedSince = Instant.now();
      failingSince = null;
    }
  }

  void failed(@Nullable String why) {
    lastFailure = why;
    connectedSince = null;
    if (failingSince == null) {
      failingSince = Instant.now();
    }
  }

  void runs(String libraryVersion) {
    version = libraryVersion;
  }

  @Nullable Instant connectedSince() {
    return connectedSince;
  }

  @Nullable Instant failingSince() {
    return failingSince;
  }

  @Nullable String lastFailure() {
    return lastFailure;
  }

  @Nullable String version() {
    return version;
  }
}
