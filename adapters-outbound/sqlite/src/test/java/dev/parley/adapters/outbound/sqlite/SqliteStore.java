package dev.parley.adapters.outbound.sqlite;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One database file, and what other software does to it. */
record SqliteStore(Path database) implements Store {

  @Override
  public Map<String, String> config() {
    return SqliteUnderTest.configOf(database);
  }

  /** Topics need no preparation: they are values of a column. */
  @Override
  public void prepare(TopicName topic) {}

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.TRIMMED, Loss.TOPIC_RECREATED, Loss.STORE_RESET);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    switch (loss) {
      case TRIMMED ->
          update(
              """
              DELETE FROM messages WHERE topic = ?1 AND id NOT IN (
                SELECT id FROM messages WHERE topic = ?1 ORDER BY id DESC LIMIT 2)
              """,
              topic);
      case TOPIC_RECREATED -> update("DELETE FROM messages WHERE topic = ?1", topic);
      case STORE_RESET -> deleteFiles();
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        record("unreadable time", "'bob', 'text', 'yesterday', NULL", shown("bob", "text")),
        record("number for content", "'bob', 42, '', NULL", shown("bob", "42")),
        record("text kept as a blob", "'bob', x'68c3a9', '', NULL", shown("bob", "h\u00e9")),
        record("bytes for content", "'bob', x'ff00fe', '', NULL", new AsPlaceholder()),
        record("5 MB of content", "'bob', zeroblob(5000000), '', NULL", new AsPlaceholder()),
        record("NUL in content", "'bob', 'a' || char(0) || 'b', '', 1", shown("bob", "a\0b")),
        record("dangling parent", "'bob', 'text', '', 'no such id'", shown("bob", "text")),
        record("blob for a parent", "'bob', 'text', '', x'ff'", shown("bob", "text")),
        record("odd name", "' b\u00f6b !', 'text', '', NULL", shown(" b\u00f6b !", "text")));
  }

  private static AsMessage shown(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord record(String what, String values, Shown shown) {
    return new ForeignRecord(
        what,
        topic ->
            update(
                "INSERT INTO messages(topic, sender, content, ts, in_reply_to) VALUES (?1, %s)"
                    .formatted(values),
                topic),
        shown);
  }

  private void update(String sql, TopicName topic) {
    try (var connection = Fixture.foreign(database);
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, topic.value());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void deleteFiles() {
    try {
      for (var suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There are no accounts: whoever writes here is a bridge. */
  @Override
  public Optional<Person> person() {
    return Optional.empty();
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  public long serverObjects() {
    return 0;
  }

  @Override
  public void close() {
    SqliteUnderTest.delete(database.resolveSibling(".").normalize());
  }
}
