package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that a bridge in the field made, and goes on using. */
class ExistingBridgeTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final String INSERT =
      "INSERT INTO messages(topic, sender, content, ts, in_reply_to) VALUES ";

  private Path database;

  @BeforeEach
  void create(@TempDir Path folder) throws SQLException {
    database = folder.resolve("existing.db");
    Fixture.createAsExistingBridge(database);
  }

  @Test
  void its_messages_are_read_in_full() throws SQLException {
    Fixture.run(
        database,
        INSERT + "('ctx', 'planner', 'first', '2025-02-03T04:05:06.789Z', NULL)",
        INSERT + "('other', 'planner', 'elsewhere', '2025-02-03T04:05:07.000Z', NULL)",
        INSERT + "('ctx', 'coder', 'second', '2025-02-03T04:05:08.000Z', '1')");

    try (var backend = Fixture.open(database)) {
      var messages = backend.fetchRecent(TOPIC, Window.latest(10)).messages();
      assertThat(messages)
          .extracting(m -> m.id().value(), m -> m.sender().handle(), Message::content)
          .containsExactly(tuple("1", "planner", "first"), tuple("3", "coder", "second"));
      assertThat(messages.getFirst().timestamp())
          .isEqualTo(Instant.parse("2025-02-03T04:05:06.789Z"));
      assertThat(messages.getLast().parent()).isEqualTo(new MessageId("1"));
      assertThat(messages)
          .allSatisfy(m -> assertThat(m.sender().kind()).isEqualTo(Sender.Kind.AGENT));
    }
  }

  @Test
  void its_odd_rows_appear_in_their_place_and_the_rest_flows() throws SQLException {
    Fixture.run(
        database,
        INSERT + "('ctx', NULL, 'nobody', '2025-02-03', NULL)",
        INSERT + "('ctx', '  ', 'blank', 'yesterday', '')",
        INSERT + "('ctx', x'c3a9', '', NULL, 'x')",
        INSERT + "('ctx', 'a', NULL, '2025-02-03 04:05:06', NULL)",
        INSERT + "('ctx', 'a', x'ff00', '2025-02-03T04:05:06+02:00', NULL)",
        INSERT + "('ctx', 'a', 3.5, 1738555506, x'00')",
        INSERT + "('ctx', 'a', 'nul' || char(0) || 'nul', '', NULL)",
        INSERT + "(x'637478', 'a', 'in no topic', '', NULL)",
        INSERT + "(5, 'a', 'in topic 5', '', NULL)",
        INSERT + "('ctx', 'a', CAST(x'41ff42' AS TEXT), '', NULL)",
        INSERT + "('ctx', 'z', 'last', '2025-02-03T04:05:06Z', NULL)");

    try (var backend = Fixture.open(database)) {
      var messages = Fixture.history(backend, TOPIC, 2);
      assertThat(messages)
          .extracting(m -> m.sender().handle(), Message::content, Message::condition)
          .containsExactly(
              tuple("unknown", "nobody", Condition.ORIGINAL),
              tuple("unknown", "blank", Condition.ORIGINAL),
              tuple("\u00e9", "", Condition.ORIGINAL),
              tuple("a", "[unreadable message: it has no content]", Condition.UNREADABLE),
              tuple("a", "[unreadable message: 2 bytes that are no text]", Condition.UNREADABLE),
              tuple("a", "3.5", Condition.ORIGINAL),
              tuple("a", "nul\0nul", Condition.ORIGINAL),
              tuple("a", "A\ufffdB", Condition.ORIGINAL),
              tuple("z", "last", Condition.ORIGINAL));
      assertThat(messages)
          .extracting(Message::timestamp)
          .startsWith(
              Instant.parse("2025-02-03T00:00:00Z"),
              Instant.EPOCH,
              Instant.EPOCH,
              Instant.parse("2025-02-03T04:05:06Z"),
              Instant.parse("2025-02-03T02:05:06Z"));
      assertThat(messages.getFirst().sender().kind()).isEqualTo(Sender.Kind.UNVERIFIED);
    }
  }

  @Test
  void odd_rows_do_not_stop_the_live_path() throws SQLException {
    try (var backend = Fixture.open(database)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      Fixture.run(
          database,
          INSERT + "(x'00ff', NULL, NULL, NULL, NULL)",
          INSERT + "('ctx', NULL, x'ff', NULL, NULL)",
          INSERT + "('ctx', 'a', 'fine', '', NULL)");
      feed.untilContents(2);

      assertThat(feed.contents())
          .containsExactly("[unreadable message: 1 bytes that are no text]", "fine");
    }
  }

  @Test
  void it_goes_on_reading_and_writing_beside_parley() throws SQLException {
    try (var backend = Fixture.open(database);
        var bridge = Fixture.foreign(database);
        var statement = bridge.createStatement()) {
      var id = backend.post(Draft.of(TOPIC, "from parley").under(new IdempotencyKey("k")));
      statement.execute(INSERT + "('ctx', 'bridge', 'from the bridge', '', '%s')".formatted(id));

      assertThat(Fixture.contents(backend, TOPIC))
          .containsExactly("from parley", "from the bridge");
      try (var row =
          statement.executeQuery(
              "SELECT topic, sender, content, ts, in_reply_to FROM messages WHERE id = " + id)) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("sender")).isEqualTo("agent");
        assertThat(row.getString("content")).isEqualTo("from parley");
        assertThat(row.getString("ts"))
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(row.getString("in_reply_to")).isNull();
      }
    }
  }

  @Test
  void a_database_that_keeps_text_in_utf_16_is_read_and_written(@TempDir Path folder)
      throws SQLException {
    var wide = folder.resolve("wide.db");
    Fixture.run(wide, "PRAGMA encoding = 'UTF-16'", "CREATE TABLE t (x)");
    try (var backend = Fixture.open(wide)) {
      backend.post(Draft.of(TOPIC, "\ud83d\ude00 h\u00e9"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("\ud83d\ude00 h\u00e9");
    }
  }

  @Test
  void several_processes_may_upgrade_it_at_once() throws IOException, InterruptedException {
    var processes = new ArrayList<Process>();
    for (var n = 0; n < 4; n++) {
      processes.add(Processes.start(PostingProcess.class, database.toString(), "p" + n, "5"));
    }
    for (var process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    try (var backend = Fixture.open(database)) {
      assertThat(Fixture.contents(backend, TOPIC)).hasSize(20).doesNotHaveDuplicates();
    }
  }
}
