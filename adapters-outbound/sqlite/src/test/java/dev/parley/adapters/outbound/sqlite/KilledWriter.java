package dev.parley.adapters.outbound.sqlite;

import dev.parley.conformance.Outage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Another process that is killed in the middle of writing. */
final class KilledWriter implements Outage {

  private final Path database;
  private @Nullable Process writer;

  KilledWriter(Path database) {
    this.database = database;
  }

  /** The other process: writes into a transaction, says so, and never commits. */
  public static void main(String[] arguments) throws SQLException, IOException {
    try (var connection = Fixture.foreign(Path.of(arguments[0]));
        var statement = connection.createStatement()) {
      // A small cache makes SQLite write uncommitted pages to the log.
      statement.execute("PRAGMA cache_size = 5");
      statement.execute("BEGIN IMMEDIATE");
      for (var n = 0; n < 200; n++) {
        statement.execute(
            "INSERT INTO messages(topic, sender, content, ts) VALUES ('killed', 'x',"
                + " hex(zeroblob(2000)), '')");
      }
      System.out.println("writing");
      System.in.read();
    }
  }

  @Override
  public void strike() {
    try {
      writer = Processes.start(KilledWriter.class, database.toString());
      Processes.line(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Duration length() {
    return Duration.ofMillis(500);
  }

  @Override
  public void heal() {
    if (writer != null) {
      writer.destroyForcibly().onExit().join();
    }
  }
}
