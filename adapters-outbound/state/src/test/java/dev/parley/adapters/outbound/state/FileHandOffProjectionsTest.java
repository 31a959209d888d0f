package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffKey;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.HandOffProjections.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileHandOffProjectionsTest {

  private static final String STORE = "sqlite /somewhere/team.db";
  private static final TopicName TOPIC = new TopicName("ctx");
  private static final Projection ONE = projection("c1", "add retry");

  @TempDir Path state;

  private static Projection projection(String cursor, String text) {
    var handOff =
        new HandOff(
            new HandOffKey(TOPIC, new HandOffId("ho-1")),
            new Sender("planner", "U1", Sender.Kind.AGENT),
            new MessageId("m1"),
            new Handle("coder"),
            text,
            new HandOffState.Offered());
    return new Projection(new Cursor(cursor), List.of(handOff), true);
  }

  private FileHandOffProjections projections() {
    return new FileHandOffProjections(state);
  }

  private Path file() {
    try (var files = Files.list(state.resolve("hand-offs"))) {
      return files.filter(f -> f.toString().endsWith(".json")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothing_was_saved_at_first() {
    assertThat(projections().find(STORE, TOPIC)).isEmpty();
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void what_was_saved_last_is_found_by_a_later_process() {
    projections().save(STORE, TOPIC, ONE);
    projections().save(STORE, TOPIC, projection("c2", "add retry"));

    assertThat(projections().find(STORE, TOPIC)).contains(projection("c2", "add retry"));
  }

  @Test
  void stores_and_topics_are_apart() {
    projections().save(STORE, TOPIC, ONE);

    assertThat(projections().find("sqlite /elsewhere/team.db", TOPIC)).isEmpty();
    assertThat(projections().find(STORE, new TopicName("Ctx"))).isEmpty();
  }

  @Test
  void only_this_user_may_read_it() throws IOException {
    projections().save(STORE, TOPIC, ONE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "null",
        "[]",
        "{}",
        "{\"format\":1",
        "{\"format\":2}",
        "{\"format\":1,\"store\":\"other\",\"topic\":\"ctx\"}",
        "{\"format\":1,\"store\":\"sqlite"
            + " /somewhere/team.db\",\"topic\":\"ctx\",\"cursor\":\"\",\"truncated\":false,\"handOffs\":[]}",
        "{\"format\":1,\"store\":\"sqlite"
            + " /somewhere/team.db\",\"topic\":\"ctx\",\"cursor\":\"c\",\"truncated\":false,\"handOffs\":[{\"id\":\"x\"}]}",
        "{\"format\":1,\"store\":\"sqlite"
            + " /somewhere/team.db\",\"topic\":\"ctx\",\"cursor\":\"c\",\"truncated\":false,\"handOffs\":[5]}"
      })
  void a_damaged_file_is_named_and_replaced_by_the_next_save(String damage) throws IOException {
    projections().save(STORE, TOPIC, ONE);
    Files.writeString(file(), damage);

    assertThatThrownBy(() -> projections().find(STORE, TOPIC))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining(file().toString())
        .hasMessageNotContaining("Exception");
    projections().save(STORE, TOPIC, ONE);
    assertThat(projections().find(STORE, TOPIC)).contains(ONE);
  }

  @Test
  void a_file_cut_anywhere_is_never_taken_for_a_whole_one() throws IOException {
    projections().save(STORE, TOPIC, ONE);
    var whole = Files.readString(file()).strip();
    for (var length = 0; length < whole.length(); length++) {
      Files.writeString(file(), whole.substring(0, length));
      assertThatThrownBy(() -> projections().find(STORE, TOPIC))
          .isInstanceOf(StateUnavailable.class);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_an_error_with_its_remedy() throws IOException {
    Files.writeString(state.resolve("hand-offs"), "a file is in the way");

    assertThatThrownBy(() -> projections().save(STORE, TOPIC, ONE))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining("state_path");
  }

  @Test
  void of_many_that_save_and_read_at_once_each_reads_a_whole_one() throws Exception {
    projections().save(STORE, TOPIC, ONE);
    var text = "x".repeat(50_000);
    var tasks =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(n ->
                () -> {
                  for (var round = 0; round < 20; round++) {
                    projections().save(STORE, TOPIC, projection("c" + n, text));
                    assertThat(projections().find(STORE, TOPIC)).isPresent();
                  }
                  return true;
                })
            .toList();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : pool.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
  }
}
