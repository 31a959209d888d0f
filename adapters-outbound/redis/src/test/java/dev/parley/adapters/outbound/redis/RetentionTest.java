package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final RedisServer SERVER = RedisServer.inMemory(RedisServer.redis());
  private static final RedisCli CLI = SERVER.cli();
  private static final String STREAM = "parley:ctx";
  private static final long DAY = Duration.ofDays(1).toMillis();

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void empty() {
    CLI.run("FLUSHALL");
  }

  @Test
  void what_is_older_is_deleted_and_who_had_not_read_it_is_told() {
    var now = System.currentTimeMillis();
    add(now - 10 * DAY, "ten days old");
    var old = latestCursor();
    add(now - 8 * DAY, "eight days old");
    add(now - 6 * DAY, "six days old");
    add(now, "new");

    try (var backend = Fixture.open(keeping("7"))) {
      assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).messages()).hasSize(1);
      await()
          .untilAsserted(() ->
              assertThat(Fixture.contents(backend, TOPIC)).containsExactly("six days old", "new"));
      var page = backend.fetchRecent(TOPIC, Window.after(old, 10));
      assertThat(page.gap()).isTrue();
      assertThat(page.messages())
          .extracting(Message::content)
          .containsExactly("six days old", "new");
    }
  }

  @Test
  void the_newest_message_is_kept_so_that_its_reader_is_not_alarmed() {
    add(System.currentTimeMillis() - 30 * DAY, "older");
    add(System.currentTimeMillis() - 20 * DAY, "newest");
    var read = latestCursor();

    try (var backend = Fixture.open(keeping("7"))) {
      assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).messages()).hasSize(1);
      await()
          .untilAsserted(
              () -> assertThat(Fixture.contents(backend, TOPIC)).containsExactly("newest"));
      assertThat(backend.fetchRecent(TOPIC, Window.after(read, 10)).gap()).isFalse();
      add(System.currentTimeMillis(), "at last");
      var page = backend.fetchRecent(TOPIC, Window.after(read, 10));
      assertThat(page.gap()).isFalse();
      assertThat(page.messages()).extracting(Message::content).containsExactly("at last");
    }
  }

  @Test
  void many_are_deleted_in_steps() {
    var old = System.currentTimeMillis() - 20 * DAY;
    CLI.type(
        IntStream.range(0, 10_000)
            .mapToObj(n -> "XADD %s %d-0 sender a content %d".formatted(STREAM, old + n, n))
            .collect(Collectors.joining("\n")));
    add(System.currentTimeMillis(), "new");

    try (var backend = Fixture.open(keeping("7"))) {
      backend.subscribe(TOPIC, new RecordingFeed());
      await().untilAsserted(() -> assertThat(CLI.run("XLEN", STREAM)).isEqualTo("1"));
    }
  }

  @Test
  void nothing_is_deleted_without_it() {
    add(1, "from 1970");
    add(System.currentTimeMillis(), "new");

    try (var backend = Fixture.open(SERVER.port())) {
      backend.subscribe(TOPIC, new RecordingFeed()).close();
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("from 1970", "new");
    }
  }

  private static Map<String, String> keeping(String days) {
    return Map.of("url", Fixture.url(SERVER.port()), "retention_days", days);
  }

  private static dev.parley.domain.message.Cursor latestCursor() {
    try (var backend = Fixture.open(SERVER.port())) {
      return backend.fetchRecent(TOPIC, Window.latest(1)).next();
    }
  }

  private static void add(long milliseconds, String content) {
    CLI.run("XADD", STREAM, milliseconds + "-0", "sender", "a", "content", content);
  }
}
