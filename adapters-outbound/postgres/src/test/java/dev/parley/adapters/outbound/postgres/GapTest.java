package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.outbound.Backend;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a reader is told when another program deleted rows: a gap when, and only when, it is one.
 */
@Timeout(60)
class GapTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private PostgresStore store;
  private Backend backend;
  private List<Cursor> cursors;

  /** Five messages, seqs 1 to 5, and the cursor after each. */
  @BeforeEach
  void postFive() {
    store = Fixture.newStore();
    backend = Fixture.open(store);
    cursors = new ArrayList<>();
    for (var n = 1; n <= 5; n++) {
      backend.post(Draft.of(TOPIC, Integer.toString(n)));
      cursors.add(backend.fetchRecent(TOPIC, Window.latest(1)).next());
    }
  }

  @AfterEach
  void close() {
    backend.close();
    store.close();
  }

  @Test
  void trimming_is_a_gap_for_who_has_not_read_that_far_only() {
    delete("seq <= 3");

    assertGap(1, true, "4", "5");
    assertGap(2, true, "4", "5");
    assertGap(3, false, "4", "5");
    assertGap(4, false, "5");
  }

  @Test
  void trimming_in_any_order_is_the_same() {
    delete("seq = 3");
    delete("seq = 2");
    delete("seq = 1");

    assertGap(2, true, "4", "5");
    assertGap(3, false, "4", "5");
  }

  @Test
  void trimming_by_two_transactions_at_once_is_the_same() throws SQLException {
    try (var one = store.server().admin(store.database());
        var other = store.server().admin(store.database());
        var first = one.createStatement();
        var second = other.createStatement()) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      first.execute("DELETE FROM parley_messages WHERE seq <= 2");
      second.execute("DELETE FROM parley_messages WHERE seq IN (3, 4)");
      one.commit();
      other.commit();
    }

    assertGap(2, true, "5");
    assertGap(3, true, "5");
    assertGap(4, false, "5");
  }

  @Test
  void a_message_taken_out_of_the_middle_is_no_gap() {
    delete("seq = 3");

    assertGap(1, false, "2", "4", "5");
    assertGap(2, false, "4", "5");
    assertGap(3, false, "4", "5");
  }

  @Test
  void a_topic_emptied_altogether_is_a_gap_until_read_past() {
    delete("true");

    assertGap(1, true);
    assertGap(5, false);
    var told = backend.fetchRecent(TOPIC, Window.after(cursors.get(0), 100));
    assertPage(told.next(), false);
    var tail = backend.fetchRecent(TOPIC, Window.latest(1));
    assertThat(tail.messages()).isEmpty();
    backend.post(Draft.of(TOPIC, "6"));
    assertPage(tail.next(), false, "6");
    assertGap(4, true, "6");
    assertGap(5, false, "6");
  }

  @Test
  void deletions_in_another_topic_are_no_gap() {
    backend.post(Draft.of(new TopicName("other"), "x"));
    delete("topic = 'other'");

    assertGap(1, false, "2", "3", "4", "5");
  }

  @Test
  void who_may_delete_need_not_know_of_parleys_own_tables() {
    store
        .server()
        .execute(
            store.database(),
            "CREATE ROLE deleter_%1$s; GRANT SELECT, DELETE ON parley_messages TO deleter_%1$s"
                .formatted(store.database()),
            "SET ROLE deleter_%s; DELETE FROM parley_messages WHERE seq <= 3"
                .formatted(store.database()),
            "RESET ROLE; DROP OWNED BY deleter_%1$s; DROP ROLE deleter_%1$s"
                .formatted(store.database()));

    assertGap(1, true, "4", "5");
  }

  @Test
  void of_many_deletions_little_is_kept() throws SQLException {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages (topic, sender, content, ts)"
                + " SELECT 'ctx', 'a', 'x', '' FROM generate_series(6, 2000)");
    delete("seq % 2 = 0");
    delete("seq <= 1990");

    try (var connection = store.server().admin(store.database());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM parley_messages_gone")) {
      row.next();
      assertThat(row.getInt(1)).isLessThan(10);
    }
    assertThat(backend.fetchRecent(TOPIC, Window.after(cursors.getFirst(), 1)).gap()).isTrue();
  }

  @Test
  void a_table_that_was_truncated_is_another_store() {
    store.server().execute(store.database(), "TRUNCATE parley_messages RESTART IDENTITY");
    backend.post(Draft.of(TOPIC, "new 1"));
    backend.post(Draft.of(TOPIC, "new 2"));

    assertGap(1, true, "new 1", "new 2");
    var page = backend.fetchRecent(TOPIC, Window.after(cursors.getFirst(), 1));
    assertPage(page.next(), false, "new 2");
  }

  @Test
  void a_database_put_back_to_an_earlier_state_is_a_gap() {
    backend.post(Draft.of(TOPIC, "6"));
    var later = backend.fetchRecent(TOPIC, Window.latest(1)).next();
    // As a restored dump would be: the rows are not there, and nothing has noted a deletion.
    store
        .server()
        .execute(
            store.database(),
            "SET session_replication_role = replica; DELETE FROM parley_messages WHERE seq = 6");

    assertPage(later, true, "1", "2", "3", "4", "5");
  }

  @Test
  void a_cursor_of_another_table_is_rejected() {
    try (var other = Fixture.open(store, Map.of("table_name", "other"))) {
      assertThatThrownBy(() -> other.fetchRecent(TOPIC, Window.after(cursors.getFirst(), 1)))
          .isInstanceOf(CursorRejected.class)
          .hasMessageContaining("belongs to another store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "1",
        "postgres:::",
        "postgres:000000000000:0000000000000000:1",
        "postgres:000000000000:0000000000000000:-",
        "sqlite:000000000000:0000000000000000:1"
      })
  void garbage_is_rejected(String text) {
    for (var window :
        List.of(Window.after(new Cursor(text), 1), Window.before(new Cursor(text), 1))) {
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, window))
          .isInstanceOf(CursorRejected.class)
          .hasMessageContaining(text);
    }
  }

  @Test
  void a_cursor_beyond_any_seq_is_rejected() {
    var beyond = cursors.getFirst().value().replaceFirst("1$", "9999999999999999999");
    assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.after(new Cursor(beyond), 1)))
        .isInstanceOf(CursorRejected.class);
  }

  private void delete(String condition) {
    store.server().execute(store.database(), "DELETE FROM parley_messages WHERE " + condition);
  }

  private void assertGap(int afterMessage, boolean gap, String... contents) {
    assertPage(cursors.get(afterMessage - 1), gap, contents);
  }

  private void assertPage(Cursor after, boolean gap, String... contents) {
    var page = backend.fetchRecent(TOPIC, Window.after(after, 100));
    assertThat(page.messages()).extracting(Message::content).containsExactly(contents);
    assertThat(page.gap()).isEqualTo(gap);
  }
}
