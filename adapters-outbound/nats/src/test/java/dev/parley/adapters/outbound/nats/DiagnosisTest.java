package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosisTest {

  @ParameterizedTest
  @EnumSource
  void a_sound_server_has_nothing_but_good_findings_and_is_not_changed(SharedServers servers) {
    var prefix = SharedServers.newPrefix();
    var findings =
        Fixture.diagnose(
            servers.server(), Map.of("stream_prefix", prefix + "_", "subject_prefix", prefix));

    assertThat(findings).allSatisfy(f -> assertThat(f.level()).isEqualTo(Level.OK));
    assertThat(findings)
        .extracting(Finding::check)
        .containsExactly(
            "connects",
            "encryption",
            "JetStream",
            "replicas",
            "subjects",
            "permissions",
            "content",
            "power cut");
    assertThat(findings.getFirst().found()).contains(servers.server().version());
    assertThat(findings.getLast().found()).contains("sync_interval");
    try (var bridge = new ForeignBridge(servers.server().connection())) {
      assertThat(bridge.streams()).noneMatch(name -> name.startsWith(prefix));
    }
  }

  @Test
  void permissions_that_are_missing_are_each_named() {
    var users =
        """
        authorization {users: [{user: a, password: "s3cret", permissions: {
          publish: {deny: ["$JS.API.STREAM.CREATE.>", "$JS.API.CONSUMER.CREATE.>"]}}}]}
        """;
    try (var server = NatsServer.configured(NatsServer.current(), users).started()) {
      var settings = Map.<String, Object>of("user", "a", "password", "s3cret");
      assertThat(Fixture.diagnose(server, settings))
          .filteredOn(finding -> finding.level() == Level.PROBLEM)
          .extracting(Finding::found)
          .hasSize(2)
          .anySatisfy(found -> assertThat(found).contains("$JS.API.STREAM.CREATE."))
          .anySatisfy(found -> assertThat(found).contains("$JS.API.CONSUMER.CREATE."));
    }
  }

  @Test
  void limits_that_are_nearly_reached_and_a_small_payload_are_warnings() {
    var account =
        """
        max_payload: 65536
        accounts {A: {jetstream: {max_streams: 1}, users: [{user: a, password: "s3cret"}]}}
        """;
    try (var server = NatsServer.configured(NatsServer.current(), account).started()) {
      var settings = Map.<String, Object>of("user", "a", "password", "s3cret");
      try (var backend = Fixture.open(server, settings)) {
        backend.post(Draft.of(new TopicName("only"), "one"));
      }
      assertThat(Fixture.diagnose(server, settings))
          .filteredOn(finding -> finding.level() == Level.WARNING)
          .extracting(Finding::found)
          .hasSize(2)
          .anySatisfy(found -> assertThat(found).contains("1 of 1 streams"))
          .anySatisfy(found -> assertThat(found).contains("65,536 bytes"));
    }
  }
}
