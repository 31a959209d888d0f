package dev.parley.bootstrap.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.config.Plugins;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.CatchUp;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances over real backends and real state. */
class InstanceTest {

  private static final TopicName TOPIC = new TopicName("general");

  private final List<String> said = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void a_change_of_backend_under_the_same_handle_starts_and_catches_up() throws Exception {
    post("sqlite", "on the old backend");
    assertThat(catchUp("sqlite")).containsExactly("on the old backend");
    post("other", "on the new backend");
    assertThat(catchUp("other")).containsExactly("on the new backend");
    post("sqlite", "back again");
    assertThat(catchUp("sqlite")).containsExactly("back again");
    assertThat(said).isEmpty();
  }

  @Test
  void two_projects_with_one_handle_and_one_topic_do_not_disturb_each_other() throws Exception {
    for (var database : List.of("first", "second", "first", "second")) {
      try (var agent = Instance.ofAgent(file("sqlite", database), said::add)) {
        var unread = unread(agent);
        assertThat(unread.topics().getFirst().gap()).as("gap in %s", database).isFalse();
        unread.handedOver();
      }
    }
  }

  @Test
  void own_posts_are_not_unread_after_a_restart() throws Exception {
    try (var agent = Instance.ofAgent(file("sqlite"), said::add)) {
      agent.useCases().post().post(Draft.of(TOPIC, "mine"));
    }
    assertThat(catchUp("sqlite")).isEmpty();
  }

  @Test
  void an_instance_id_may_hold_characters_that_no_file_name_can() throws Exception {
    post("sqlite", "hello");
    Files.writeString(folder.resolve("more.yaml"), "instance_id: \"../a/b: \\\"c\\\"\"\n");
    assertThat(catchUp("sqlite")).containsExactly("hello");
  }

  @Test
  void state_that_cannot_be_kept_does_not_keep_a_session_from_starting() throws Exception {
    Files.writeString(folder.resolve("state"), "a file where a folder should be");
    try (var agent = Instance.ofAgent(file("sqlite"), said::add)) {
      assertThat(agent.useCases().post().post(Draft.of(TOPIC, "still posted"))).isNotNull();
    }
    assertThat(said).singleElement().asString().contains("state");
  }

  private void post(String backend, String content) throws Exception {
    try (var person = Instance.ofPerson(file(backend), new Handle("ann"))) {
      person.useCases().post().post(Draft.of(TOPIC, content));
    }
  }

  private List<String> catchUp(String backend) throws Exception {
    try (var agent = Instance.ofAgent(file(backend), said::add)) {
      var unread = unread(agent);
      unread.handedOver();
      return unread.topics().getFirst().messages().stream().map(Message::content).toList();
    }
  }

  private static CatchUp.Unread unread(Instance agent) throws InterruptedException {
    return agent
        .useCases()
        .catchUp()
        .unread(new CatchUp.Query(List.of(), 10, 10_000, Duration.ZERO, ReaderName.DEFAULT));
  }

  private ConfigurationFile file(String backend) throws IOException, ConfigurationRefused {
    return file(backend, backend);
  }

  private ConfigurationFile file(String backend, String database)
      throws IOException, ConfigurationRefused {
    var more = folder.resolve("more.yaml");
    Files.writeString(
        folder.resolve("parley.config.yaml"),
        "backend: %s\ntopics: [general]\nstate_path: state\nbackend_config: { db_path: %s.db }\n%s"
            .formatted(backend, database, Files.exists(more) ? Files.readString(more) : ""));
    var sqlite = Plugins.installed().named("sqlite").orElseThrow();
    var plugins = new Plugins(List.of(sqlite, new Renamed(sqlite, "other")));
    return new ConfigurationReader(plugins, Map.of(), folder).read(null, null);
  }

  /** A real backend under another name, so that there are two to change between. */
  private record Renamed(BackendPlugin real, String name) implements BackendPlugin {

    @Override
    public List<Setting> settings() {
      return real.settings();
    }

    @Override
    public Capabilities capabilities() {
      return real.capabilities();
    }

    @Override
    public List<Finding> diagnose(BackendConfig config) {
      return real.diagnose(config);
    }

    @Override
    public Backend open(BackendConfig config, Self self) {
      return real.open(config, self);
    }
  }
}
