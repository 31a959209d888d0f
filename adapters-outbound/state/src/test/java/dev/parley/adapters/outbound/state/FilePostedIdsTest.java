package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePostedIdsTest {

  private static final InstanceId AGENT = new InstanceId("agent");

  @TempDir Path state;

  @Test
  void remembers_ids_over_a_restart() {
    of(AGENT).add(new MessageId("17"));

    assertThat(of(AGENT).contains(new MessageId("17"))).isTrue();
    assertThat(of(AGENT).contains(new MessageId("1"))).isFalse();
  }

  @Test
  void remembers_what_is_added_after_the_file_was_read() {
    var ids = of(AGENT);
    assertThat(ids.contains(new MessageId("17"))).isFalse();

    ids.add(new MessageId("17"));

    assertThat(ids.contains(new MessageId("17"))).isTrue();
  }

  @Test
  void keeps_instances_and_backends_apart() {
    of(AGENT).add(new MessageId("17"));

    assertThat(of(new InstanceId("agent-2")).contains(new MessageId("17"))).isFalse();
    assertThat(new FilePostedIds(state, AGENT, "redis").contains(new MessageId("17"))).isFalse();
  }

  @Test
  void keeps_only_the_last_ids_of_a_long_life() throws IOException {
    var first = of(AGENT);
    for (var i = 1; i <= 20_001; i++) {
      first.add(new MessageId("id-" + i));
    }

    var second = of(AGENT);

    assertThat(second.contains(new MessageId("id-10001"))).isFalse();
    assertThat(second.contains(new MessageId("id-10002"))).isTrue();
    try (var files = Files.list(state.resolve("posted"))) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> assertThat(file).content().hasLineCount(10_000));
    }
    second.add(new MessageId("one more"));
    assertThat(of(AGENT).contains(new MessageId("one more"))).isTrue();
  }

  @Test
  void an_id_with_a_line_break_is_not_taken_for_two() {
    of(AGENT).add(new MessageId("17\n18"));
    of(AGENT).add(new MessageId("19"));

    assertThat(of(AGENT).contains(new MessageId("18"))).isFalse();
    assertThat(of(AGENT).contains(new MessageId("19"))).isTrue();
  }

  @Test
  void a_folder_that_cannot_be_written_does_not_stop_a_post() throws IOException {
    Files.writeString(state.resolve("posted"), "a file where the folder should be");
    var ids = of(AGENT);

    ids.add(new MessageId("17"));

    assertThat(ids.contains(new MessageId("17"))).isFalse();
  }

  private FilePostedIds of(InstanceId instance) {
    return new FilePostedIds(state, instance, "sqlite");
  }
}
