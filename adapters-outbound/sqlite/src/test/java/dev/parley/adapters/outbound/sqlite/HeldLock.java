package dev.parley.adapters.outbound.sqlite;

import dev.parley.conformance.Outage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Another program that holds the write lock. */
final class HeldLock implements Outage {

  private final Path database;
  private @Nullable Connection holder;

  HeldLock(Path database) {
    this.database = database;
  }

  @Override
  public void strike() {
    try {
      holder = Fixture.foreign(database);
      try (var statement = holder.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Duration length() {
    return Duration.ofSeconds(3);
  }

  @Override
  public void heal() {
    Link.closeQuietly(holder);
  }
}
