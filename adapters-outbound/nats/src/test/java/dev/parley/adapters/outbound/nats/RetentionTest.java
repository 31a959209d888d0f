package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private final String prefix = SharedServers.newPrefix();
  private final String stream = prefix + "_ctx";

  private Map<String, Object> settings(long days) {
    var settings = new HashMap<String, Object>();
    settings.put("stream_prefix", prefix + "_");
    settings.put("subject_prefix", prefix);
    settings.put("retention_days", days);
    return settings;
  }

  private void post(SharedServers servers, long days) {
    try (var backend = Fixture.open(servers.server(), settings(days))) {
      backend.post(Draft.of(TOPIC, "kept for a while"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_new_stream_forgets_after_the_days_that_were_asked_for(SharedServers servers) {
    post(servers, 7);
    try (var bridge = new ForeignBridge(servers.server().connection())) {
      assertThat(bridge.configuration(stream).getMaxAge()).isEqualTo(Duration.ofDays(7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_kept_everything_forgets_from_now_on_and_is_else_as_it_was(
      SharedServers servers) {
    try (var bridge = new ForeignBridge(servers.server().connection())) {
      bridge.createStream(stream, prefix + ".ctx");
      var before = bridge.configuration(stream);
      post(servers, 7);

      var after = bridge.configuration(stream);
      assertThat(after.getMaxAge()).isEqualTo(Duration.ofDays(7));
      assertThat(after.getSubjects()).isEqualTo(before.getSubjects());
      assertThat(after.getDescription()).isNull();
      assertThat(after.getDuplicateWindow()).isEqualTo(before.getDuplicateWindow());
      assertThat(after.getStorageType()).isEqualTo(before.getStorageType());
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_age_that_somebody_set_is_left_alone_and_doctor_says_so(SharedServers servers) {
    post(servers, 30);
    post(servers, 7);
    try (var bridge = new ForeignBridge(servers.server().connection())) {
      assertThat(bridge.configuration(stream).getMaxAge()).isEqualTo(Duration.ofDays(30));
    }
    assertThat(Fixture.diagnose(servers.server(), settings(7)))
        .filteredOn(finding -> finding.check().equals("retention"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Finding.Level.WARNING);
          assertThat(finding.found()).contains(stream);
        });
  }

  @Test
  void days_below_one_are_refused() {
    var config = Fixture.config(List.of("nats://127.0.0.1:1"), settings(-1));
    assertThatThrownBy(() -> Fixture.open("agent", config))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("retention_days is -1");
  }
}
