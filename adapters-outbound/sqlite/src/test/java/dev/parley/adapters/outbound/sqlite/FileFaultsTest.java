package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileFaultsTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final Map<String, Object> IMPATIENT = Map.of("request_timeout_ms", 2_000L);

  private Path folder;
  private Path database;

  @BeforeEach
  void choose(@TempDir Path folder) {
    this.folder = folder;
    database = folder.resolve("bus.db");
  }

  @Test
  void a_deleted_file_is_an_error_until_it_is_back_and_is_never_made_anew() throws IOException {
    try (var backend = openWithOneMessage()) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var away = folder.resolve("away.db");
      Files.move(database, away);

      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "lost?")))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining(database + " was deleted");
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(database + " was deleted");
      feed.untilInterrupted(1);
      assertThat(database).doesNotExist();

      Files.move(away, database);
      feed.untilBehind(2);
      backend.post(Draft.of(TOPIC, "after"));
      feed.untilContents(1);
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "after");
    }
  }

  @Test
  void a_replaced_file_is_an_error_once_and_then_another_store() throws IOException {
    var other = folder.resolve("other.db");
    makeWithOneMessage(other);
    try (var backend = openWithOneMessage()) {
      var cursor = backend.fetchRecent(TOPIC, Window.latest(1)).next();
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      Files.delete(folder.resolve("bus.db-wal"));
      Files.delete(folder.resolve("bus.db-shm"));
      Files.move(other, database, StandardCopyOption.ATOMIC_MOVE);

      feed.untilBehind(2);
      assertThat(feed.interruptions())
          .singleElement()
          .satisfies(why -> assertThat(why).hasMessageContaining(database + " was replaced"));
      var page = backend.fetchRecent(TOPIC, Window.after(cursor, 10));
      assertThat(page.gap()).isTrue();
      assertThat(page.messages()).extracting(message -> message.content()).containsExactly("new");
      backend.post(Draft.of(TOPIC, "newer"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("new", "newer");
    }
  }

  @Test
  void a_post_that_meets_a_replaced_file_is_not_stored_in_it() throws IOException {
    var other = folder.resolve("other.db");
    Fixture.open(other).close();
    try (var backend = openWithOneMessage()) {
      Files.delete(folder.resolve("bus.db-wal"));
      Files.move(other, database, StandardCopyOption.ATOMIC_MOVE);

      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "for the former file")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining(database + " was replaced");
      assertThat(Fixture.contents(backend, TOPIC)).isEmpty();
    }
  }

  @Test
  void a_file_replaced_beside_the_former_log_is_left_alone() throws IOException {
    var other = folder.resolve("other.db");
    makeWithOneMessage(other);
    try (var backend = openWithOneMessage()) {
      Files.move(other, database, StandardCopyOption.ATOMIC_MOVE);

      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "first")))
          .hasMessageContaining("was replaced");
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "second")))
          .hasMessageContaining(database + "-wal");
      Files.delete(folder.resolve("bus.db-wal"));
      Files.delete(folder.resolve("bus.db-shm"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("new");
    }
  }

  @Test
  void a_locked_file_fails_posts_in_time_and_stores_none_of_them_later() throws SQLException {
    try (var backend = openWithOneMessage();
        var holder = Fixture.foreign(database);
        var statement = holder.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      var start = System.nanoTime();
      var posts =
          CompletableFuture.runAsync(() ->
              assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "given up")))
                  .isInstanceOf(Unavailable.class)
                  .hasMessageContaining(database + " is locked by another program"));
      while (!posts.isDone()) {
        assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before");
      }
      posts.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(4_000));
      statement.execute("ROLLBACK");

      backend.post(Draft.of(TOPIC, "after"));
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "after");
    }
  }

  @Test
  void a_lock_shorter_than_the_timeout_only_delays_a_post() throws SQLException {
    try (var backend = openWithOneMessage();
        var holder = Fixture.foreign(database);
        var statement = holder.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      var post = CompletableFuture.runAsync(() -> backend.post(Draft.of(TOPIC, "delayed")));
      await().pollDelay(Duration.ofMillis(300)).until(() -> !post.isDone());
      statement.execute("ROLLBACK");
      post.join();

      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "delayed");
    }
  }

  @Test
  void a_file_held_exclusively_from_the_start_is_an_error_and_followed_when_free()
      throws SQLException {
    openWithOneMessage().close();
    try (var holder = Fixture.foreign(database);
        var statement = holder.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute(
          "INSERT INTO messages(topic, sender, content, ts) VALUES ('ctx','x','y','')");
      try (var backend = Fixture.open(database, IMPATIENT)) {
        var feed = new RecordingFeed();
        backend.subscribe(TOPIC, feed);

        assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining(database + " is locked by another program");
        assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "z")))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining(database + " is locked by another program");
        feed.untilInterrupted(1);
        Link.closeQuietly(holder);
        feed.untilBehind(1);
        assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "y");
      }
    }
  }

  @Test
  void a_file_that_is_no_database_is_named_and_left_as_it_is() throws IOException {
    var text = "These are notes. ".repeat(500);
    Files.writeString(database, text);
    try (var backend = Fixture.open(database, IMPATIENT)) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining(
              "db_path is %s, which is not an SQLite database".formatted(database));
    }
    assertThat(database).hasContent(text);
  }

  @Test
  void a_damaged_file_is_named() throws IOException {
    openWithOneMessage().close();
    try (var file = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
      file.position(100);
      file.write(ByteBuffer.wrap(new byte[(int) file.size() - 100]));
    }
    try (var backend = Fixture.open(database, IMPATIENT)) {
      assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("the database " + database + " is damaged");
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .hasMessageContaining("the database " + database + " is damaged");
    }
  }

  @Test
  void a_missing_folder_is_named_and_not_made() {
    var missing = folder.resolve("missing");
    try (var backend = Fixture.open(missing.resolve("bus.db"), IMPATIENT)) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("the folder " + missing);
    }
    assertThat(missing).doesNotExist();
  }

  @Test
  void a_file_in_place_of_the_folder_is_named() throws IOException {
    var inTheWay = Files.writeString(folder.resolve("plain"), "a file");
    try (var backend = Fixture.open(inTheWay.resolve("bus.db"), IMPATIENT)) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining(inTheWay + " is a file");
    }
  }

  @Test
  void a_subscription_begun_before_the_folder_exists_hears_when_it_does() throws IOException {
    var missing = folder.resolve("missing");
    try (var backend = Fixture.open(missing.resolve("bus.db"), IMPATIENT)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilInterrupted(1);
      Files.createDirectory(missing);
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "at last"));
      feed.untilContents(1);
    }
  }

  @Test
  void a_folder_in_place_of_the_file_is_named() throws IOException {
    Files.createDirectory(database);
    try (var backend = Fixture.open(database, IMPATIENT)) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("db_path is %s, which is a folder".formatted(database));
    }
  }

  private static void makeWithOneMessage(Path other) {
    try (var backend = Fixture.open(other)) {
      backend.post(Draft.of(TOPIC, "new"));
    }
  }

  private Backend openWithOneMessage() {
    var backend = Fixture.open(database, IMPATIENT);
    backend.post(Draft.of(TOPIC, "before"));
    return backend;
  }
}
