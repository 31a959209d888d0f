package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a reader is told when another program deleted rows: a gap when, and only when, it is one.
 */
class GapTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private Path folder;
  private Path database;
  private Backend backend;
  private List<Cursor> cursors;

  /** Five messages, ids 1 to 5, and the cursor after each. */
  @BeforeEach
  void postFive(@TempDir Path folder) {
    this.folder = folder;
    database = folder.resolve("bus.db");
    backend = Fixture.open(database);
    cursors = new ArrayList<>();
    for (var n = 1; n <= 5; n++) {
      backend.post(Draft.of(TOPIC, Integer.toString(n)));
      cursors.add(backend.fetchRecent(TOPIC, Window.latest(1)).next());
    }
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void trimming_is_a_gap_for_who_has_not_read_that_far_only() throws SQLException {
    delete("id <= 3");

    assertGap(1, true, "4", "5");
    assertGap(2, true, "4", "5");
    assertGap(3, false, "4", "5");
    assertGap(4, false, "5");
  }

  @Test
  void trimming_in_any_order_is_the_same() throws SQLException {
    delete("id = 3");
    delete("id = 2");
    delete("id = 1");

    assertGap(2, true, "4", "5");
    assertGap(3, false, "4", "5");
  }

  @Test
  void a_message_taken_out_of_the_middle_is_no_gap() throws SQLException {
    delete("id = 3");

    assertGap(1, false, "2", "4", "5");
    assertGap(2, false, "4", "5");
    assertGap(3, false, "4", "5");
  }

  @Test
  void a_topic_emptied_altogether_is_a_gap_until_read_past() throws SQLException {
    delete("1");

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
  void deletions_in_another_topic_are_no_gap() throws SQLException {
    backend.post(Draft.of(new TopicName("other"), "x"));
    delete("topic = 'other'");

    assertGap(1, false, "2", "3", "4", "5");
  }

  @Test
  void what_a_bridge_deleted_before_parley_saw_it_is_remembered_from_then_on() throws SQLException {
    delete("id <= 2");
    backend.close();
    delete("id <= 4");
    backend = Fixture.open(database);

    assertGap(2, true, "5");
    assertGap(4, false, "5");
  }

  @Test
  void a_reset_store_is_a_gap_and_starts_from_its_oldest_message() throws IOException {
    backend.close();
    Files.delete(database);
    backend = Fixture.open(database);
    backend.post(Draft.of(TOPIC, "new 1"));
    backend.post(Draft.of(TOPIC, "new 2"));

    assertGap(1, true, "new 1", "new 2");
    var page = backend.fetchRecent(TOPIC, Window.after(cursors.getFirst(), 1));
    assertPage(page.next(), false, "new 2");
  }

  @Test
  void a_file_put_back_from_an_older_copy_is_a_gap() throws IOException {
    backend.close();
    Files.copy(database, folder.resolve("backup.db"));
    backend = Fixture.open(database);
    backend.post(Draft.of(TOPIC, "6"));
    var later = backend.fetchRecent(TOPIC, Window.latest(1)).next();
    backend.close();
    Files.move(folder.resolve("backup.db"), database, StandardCopyOption.REPLACE_EXISTING);
    backend = Fixture.open(database);

    assertPage(later, true, "1", "2", "3", "4", "5");
  }

  @Test
  void a_moved_file_keeps_its_cursors() throws IOException {
    backend.close();
    var moved = folder.resolve("moved.db");
    Files.move(database, moved);
    backend = Fixture.open(moved);

    assertGap(3, false, "4", "5");
  }

  @Test
  void a_cursor_of_another_database_is_rejected() {
    try (var other = Fixture.open(folder.resolve("other.db"))) {
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
        "sqlite:::",
        "sqlite:000000000000:0000000000000000:1",
        "sqlite:000000000000:0000000000000000:-",
        "redis:1-1",
        "1-1"
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
  void a_cursor_beyond_any_row_is_rejected() {
    var beyond = cursors.getFirst().value().replaceFirst("1$", "9999999999999999999");
    assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.after(new Cursor(beyond), 1)))
        .isInstanceOf(CursorRejected.class);
  }

  private void delete(String condition) throws SQLException {
    Fixture.run(database, "DELETE FROM messages WHERE " + condition);
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
