package dev.parley.adapters.outbound.support;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a server or store fares, as the last operations found it. Safe for any number of threads. */
public final class Health {

  private volatile @Nullable Instant connectedSince;
  private volatile @Nullable Instant failingSince;
  private volatile @Nullable String lastFailure;
  private volatile @Nullable String version;

  /** An operation succeeded. */
  public void answered() {
    if (connectedSince == null) {
      connectedSince = Instant.now();
      failingSince = null;
    }
  }

  /** An operation failed, and how. */
  public void failed(@Nullable String why) {
    lastFailure = why;
    connectedSince = null;
    if (failingSince == null) {
      failingSince = Instant.now();
    }
  }

  /** The version that the other side gives of itself. */
  public void runs(String itsVersion) {
    version = itsVersion;
  }

  /** Since when operations succeed; null while they fail or before the first. */
  public @Nullable Instant connectedSince() {
    return connectedSince;
  }

  /** Since when operations fail; null while they succeed. */
  public @Nullable Instant failingSince() {
    return failingSince;
  }

  /** The last failure in words, however long ago; null for none. */
  public @Nullable String lastFailure() {
    return lastFailure;
  }

  /** The version of the other side; null before it is known. */
  public @Nullable String version() {
    return version;
  }
}
