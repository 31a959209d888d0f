package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChangeSignalTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration BRIEFLY = Duration.ofMillis(100);

  private Path database;

  @BeforeEach
  void create(@TempDir Path folder) throws IOException {
    database = Files.createFile(folder.resolve("bus.db"));
  }

  @Test
  void writing_the_log_is_a_sign_of_change() throws IOException, InterruptedException {
    try (var watch = FolderWatch.of(database)) {
      Files.writeString(database.resolveSibling("bus.db-wal"), "x");
      assertThat(watch.await(SOON)).isTrue();
    }
  }

  @Test
  void other_files_of_the_folder_are_not() throws IOException, InterruptedException {
    try (var watch = FolderWatch.of(database)) {
      Files.writeString(database.resolveSibling("bus.db-shm"), "x");
      Files.writeString(database.resolveSibling("bus.db2"), "x");
      assertThat(watch.await(BRIEFLY)).isFalse();
    }
  }

  @Test
  void deleting_the_file_is_a_sign_of_change() throws IOException, InterruptedException {
    try (var watch = FolderWatch.of(database)) {
      Files.delete(database);
      assertThat(watch.await(SOON)).isTrue();
    }
  }

  @Test
  void a_link_to_the_file_is_followed() throws IOException, InterruptedException {
    var elsewhere = Files.createDirectory(database.resolveSibling("links"));
    var link = Files.createSymbolicLink(elsewhere.resolve("link.db"), database);
    try (var watch = FolderWatch.of(link)) {
      Files.writeString(database.resolveSibling("bus.db-wal"), "x");
      assertThat(watch.await(SOON)).isTrue();
    }
  }

  @Test
  void a_folder_that_is_gone_cannot_be_watched() {
    assertThatThrownBy(() -> FolderWatch.of(database.resolveSibling("gone/bus.db")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void without_events_own_commits_are_known_and_the_rest_waits_for_the_tick()
      throws InterruptedException {
    try (var ticks = new Ticks()) {
      assertThat(ticks.await(BRIEFLY)).isFalse();
      ticks.poke();
      ticks.poke();
      assertThat(ticks.await(SOON)).isTrue();
      assertThat(ticks.await(BRIEFLY)).isFalse();
    }
  }
}
