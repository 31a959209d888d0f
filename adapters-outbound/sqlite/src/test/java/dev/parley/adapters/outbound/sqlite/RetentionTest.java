package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final Map<String, Object> TWO_DAYS = Map.of("retention_days", 2L);

  private Path database;

  @BeforeEach
  void create(@TempDir Path folder) throws SQLException {
    database = folder.resolve("bus.db");
    Fixture.createAsExistingBridge(database);
  }

  private void insert(String content, String ts) throws SQLException {
    insert(TOPIC, content, ts);
  }

  private void insert(TopicName topic, String content, String ts) throws SQLException {
    Fixture.run(
        database,
        "INSERT INTO messages(topic, sender, content, ts) VALUES ('%s', 'a', '%s', '%s')"
            .formatted(topic.value(), content, ts));
  }

  private int holes() throws SQLException {
    try (var connection = Fixture.foreign(database);
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM parley_holes")) {
      return row.getInt(1);
    }
  }

  private static String daysAgo(int days) {
    return Timestamps.format(Instant.now().minus(Duration.ofDays(days)));
  }

  @Test
  void only_messages_that_are_surely_too_old_are_deleted() throws SQLException {
    insert("old", daysAgo(3));
    insert("old in another form", "2024-01-02 03:04:05");
    insert("old with an offset", "2024-01-02T03:04:05+09:00");
    insert("no time", "");
    insert("a word", "yesterday");
    insert("a number", "2460000");
    insert("half a date", "2024-01");
    insert("impossible date", "2024-13-45T00:00:00Z");
    insert("young", daysAgo(1));
    try (var backend = Fixture.open(database, TWO_DAYS)) {
      await()
          .untilAsserted(() ->
              assertThat(Fixture.contents(backend, TOPIC))
                  .containsExactly(
                      "no time", "a word", "a number", "half a date", "impossible date", "young"));
    }
  }

  @Test
  void many_old_messages_go_in_small_steps_and_leave_an_exact_gap() throws SQLException {
    Fixture.run(
        database,
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO messages(topic, sender, content, ts)
          SELECT 'ctx', 'a', i, iif(i <= 900, '2024-01-02T03:04:05Z', '%s') FROM n
        """
            .formatted(daysAgo(0)));
    Cursor early;
    Cursor late;
    try (var backend = Fixture.open(database)) {
      early = backend.fetchRecent(TOPIC, Window.oldest(10)).next();
      late = backend.fetchRecent(TOPIC, Window.oldest(900)).next();
    }
    try (var backend = Fixture.open(database, TWO_DAYS)) {
      await().until(() -> Fixture.contents(backend, TOPIC).size() == 100);

      assertThat(backend.fetchRecent(TOPIC, Window.after(early, 10)).gap()).isTrue();
      assertThat(backend.fetchRecent(TOPIC, Window.after(late, 10)).gap()).isFalse();
    }
  }

  @Test
  void what_goes_is_always_the_oldest_part_of_a_topic() throws SQLException {
    insert("no time", "");
    insert("a clock of tomorrow", "2999-01-01T00:00:00Z");
    insert("old", daysAgo(4));
    insert("young", daysAgo(1));
    insert("a clock of yesterday", daysAgo(5));
    Cursor first;
    Cursor second;
    try (var backend = Fixture.open(database)) {
      first = backend.fetchRecent(TOPIC, Window.oldest(1)).next();
      second = backend.fetchRecent(TOPIC, Window.oldest(3)).next();
    }
    try (var backend = Fixture.open(database, TWO_DAYS)) {
      await()
          .untilAsserted(() ->
              assertThat(Fixture.contents(backend, TOPIC))
                  .containsExactly("young", "a clock of yesterday"));

      assertThat(backend.fetchRecent(TOPIC, Window.after(first, 10)).gap()).isTrue();
      assertThat(backend.fetchRecent(TOPIC, Window.after(second, 10)).gap()).isFalse();
    }
    assertThat(holes()).isZero();
  }

  @Test
  void many_rows_without_a_time_go_in_small_steps_with_one_that_came_after_them()
      throws SQLException {
    Fixture.run(
        database,
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        INSERT INTO messages(topic, sender, content, ts) SELECT 'ctx', 'a', i, '' FROM n
        """);
    insert("old", daysAgo(3));
    insert("no time, but newer", "");
    Fixture.run(
        database, "INSERT INTO messages(topic, sender, content, ts) VALUES (x'00', '', '', '')");
    insert(new TopicName("other"), "old", daysAgo(3));
    try (var backend = Fixture.open(database, TWO_DAYS)) {
      await().until(() -> Fixture.contents(backend, new TopicName("other")).isEmpty());

      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("no time, but newer");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void a_retention_that_would_delete_everything_is_refused(long days) {
    assertThatThrownBy(() -> Fixture.open(database, Map.of("retention_days", days)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("retention_days is " + days)
        .hasMessageContaining("from 1 to");
    assertThat(new SqlitePlugin().settings())
        .filteredOn(setting -> setting.name().equals("retention_days"))
        .extracting(Setting::type)
        .containsExactly(new Setting.WholeNumber(1, 36_500));
  }
}
