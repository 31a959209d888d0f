package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.reading.ReadingPosition;
import dev.parley.domain.reading.ReadingPositionId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.StateUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadingPositionsTest {

  private static final Cursor FIRST = new Cursor("sqlite:1:2:3");
  private static final Cursor SECOND = new Cursor("odd = cursor \\ with # and\nlines\u00e9");

  @TempDir Path state;

  @Test
  void a_topic_never_read_is_unread() {
    assertThat(positions().find(id("t"))).isEqualTo(ReadingPosition.unread(id("t")));
  }

  @Test
  void a_position_is_found_by_a_later_process() {
    assertThat(positions().advance(id("t"), null, FIRST)).isTrue();
    assertThat(positions().advance(id("t"), FIRST, SECOND)).isTrue();

    assertThat(positions().find(id("t")).cursor()).isEqualTo(SECOND);
  }

  @Test
  void a_position_moves_only_from_where_the_read_started() {
    positions().advance(id("t"), null, FIRST);

    assertThat(positions().advance(id("t"), null, SECOND)).isFalse();
    assertThat(positions().find(id("t")).cursor()).isEqualTo(FIRST);
  }

  @Test
  void readers_backends_topics_and_instances_are_apart() {
    positions().advance(id("t"), null, FIRST);

    assertThat(
            Stream.of(
                id("T"),
                new ReadingPositionId(
                    new InstanceId("i"), new ReaderName("r2"), "sqlite", new TopicName("t")),
                new ReadingPositionId(
                    new InstanceId("i2"), new ReaderName("r"), "sqlite", new TopicName("t")),
                new ReadingPositionId(
                    new InstanceId("i"), new ReaderName("r"), "redis", new TopicName("t"))))
        .allSatisfy(other -> assertThat(positions().find(other).cursor()).isNull());
  }

  @Test
  void of_many_that_read_from_one_position_one_moves_it() throws InterruptedException {
    try (var readers = Executors.newFixedThreadPool(8)) {
      var attempts = new ArrayList<Callable<Boolean>>();
      for (var n = 0; n < 40; n++) {
        var to = new Cursor("c" + n);
        attempts.add(() -> positions().advance(id("t"), null, to));
      }

      assertThat(readers.invokeAll(attempts).stream().filter(attempt -> attempt.resultNow()))
          .hasSize(1);
    }
  }

  @Test
  void of_many_processes_each_step_is_made_by_one() throws IOException, InterruptedException {
    var processes = new ArrayList<Process>();
    for (var n = 0; n < 3; n++) {
      processes.add(ChildProcess.start("count", state.toString(), "30"));
    }
    for (var process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(positions().find(id("counter")).cursor()).isEqualTo(new Cursor("90"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cursor=", "garbage", "cursor=\\u12", "format=1\ncursor=c"})
  void a_damaged_file_is_an_error_that_names_it(String text) throws IOException {
    positions().advance(id("t"), null, FIRST);
    var file = onlyPosition();
    Files.writeString(file, text);

    assertThatThrownBy(() -> positions().find(id("t")))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("delete the file");
    assertThatThrownBy(() -> positions().advance(id("t"), FIRST, SECOND))
        .isInstanceOf(StateUnavailable.class);
    assertThat(file).hasContent(text);
  }

  @Test
  void a_binary_file_is_an_error_that_names_it() throws IOException {
    positions().advance(id("t"), null, FIRST);
    Files.write(onlyPosition(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> positions().find(id("t")))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining("delete the file");
  }

  @Test
  void a_position_copied_from_another_reader_is_not_taken_for_one_s_own() throws IOException {
    positions().advance(id("t"), null, FIRST);
    var file = onlyPosition();
    var foreign = Files.readString(file);
    Files.writeString(file, foreign.replace("topic=t", "topic=u"));

    assertThatThrownBy(() -> positions().find(id("t"))).isInstanceOf(StateUnavailable.class);
  }

  @Test
  void a_folder_that_cannot_be_made_is_an_error_that_names_the_remedy() throws IOException {
    var notAFolder = Files.createFile(state.resolve("file"));

    assertThatThrownBy(() -> new FileReadingPositions(notAFolder).advance(id("t"), null, FIRST))
        .isInstanceOf(StateUnavailable.class)
        .hasMessageContaining(notAFolder.toString())
        .hasMessageContaining("state_path");
  }

  @Test
  void files_are_private() throws IOException {
    positions().advance(id("t"), null, FIRST);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyPosition())))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("positions"))))
        .isEqualTo("rwx------");
  }

  private FileReadingPositions positions() {
    return new FileReadingPositions(state);
  }

  private Path onlyPosition() throws IOException {
    try (var files = Files.list(state.resolve("positions"))) {
      var found = files.filter(file -> file.toString().endsWith(".position")).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  static ReadingPositionId id(String topic) {
    return new ReadingPositionId(
        new InstanceId("i"), new ReaderName("r"), "sqlite", new TopicName(topic));
  }
}
