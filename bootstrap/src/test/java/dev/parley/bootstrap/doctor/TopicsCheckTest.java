package dev.parley.bootstrap.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.SamplePlugin;
import dev.parley.ports.outbound.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose messages may reach the model is said, and an open door is a warning. */
class TopicsCheckTest {

  @TempDir Path folder;

  @Test
  void an_open_room_without_a_gate_is_a_warning_with_a_remedy() throws Exception {
    var gate = gate("live_push: { from: [\"coder\", \"*\"] }");
    assertThat(gate.level()).isEqualTo(Finding.Level.WARNING);
    assertThat(gate.remedy()).contains("live_push.from");
  }

  @Test
  void a_gate_is_fine() throws Exception {
    assertThat(gate("live_push: { from: [coder, \"team-*\"] }"))
        .isEqualTo(Finding.ok("gate", "only messages from coder, team-* are pushed"));
  }

  @Test
  void without_push_there_is_nothing_to_guard() throws Exception {
    assertThat(gate("live_push: { enabled: false }").level()).isEqualTo(Finding.Level.OK);
  }

  private Finding gate(String yaml) throws Exception {
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        "topics: [a]\nbackend: redis\nbackend_config: { url: u }\n" + yaml);
    var file = new ConfigurationReader(SamplePlugin.BOTH, Map.of(), folder).read(null, null);
    return TopicsCheck.of(file).getLast();
  }
}
