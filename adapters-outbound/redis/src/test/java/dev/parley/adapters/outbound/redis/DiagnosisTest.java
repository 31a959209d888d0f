package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.message.Draft;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiagnosisTest {

  @Test
  void a_server_that_is_set_up_well_gives_nothing_to_do() {
    try (var server = RedisServer.durable(RedisServer.redis()).started()) {
      assertThat(diagnose(server, Map.of())).allMatch(f -> f.level() == Level.OK);
      assertThat(server.cli().run("XLEN", "parley: store")).isEqualTo("0");
    }
  }

  @Test
  void what_makes_a_server_unsafe_is_a_warning_with_a_remedy() {
    try (var server =
        RedisServer.inMemory(
                RedisServer.redis(), "--maxmemory", "4mb", "--maxmemory-policy", "allkeys-lru")
            .started()) {
      for (var n = 0; n < 32; n++) {
        server.cli().runWithLast(new byte[80_000], "SET", "filler-" + n);
      }
      var findings = diagnose(server, Map.of());

      assertWarning(findings, "eviction", "allkeys-lru", "noeviction");
      assertWarning(findings, "persistence", "a restart loses every topic", "appendonly");
      assertWarning(findings, "memory", "of maxmemory is used", "raise maxmemory");
    }
  }

  @Test
  void snapshots_alone_are_a_warning_and_an_append_only_file_is_not() {
    try (var server =
        new RedisServer(RedisServer.redis(), "--save", "60 1", "--appendonly", "no").started()) {
      assertWarning(diagnose(server, Map.of()), "persistence", "only snapshots", "appendonly");
      server.cli().run("CONFIG", "SET", "appendonly", "yes");
      assertThat(diagnose(server, Map.of()))
          .anyMatch(f -> f.check().equals("persistence") && f.found().contains("last second"));
    }
  }

  @Test
  void a_user_with_the_documented_permissions_may_do_all_that_is_needed() {
    try (var server = RedisServer.durable(RedisServer.redis()).started()) {
      server
          .cli()
          .type(
              "ACL SETUSER parley on >secret ~parley:* +xadd +xread +xrange +xrevrange +xtrim"
                  + " +xinfo|stream +get +set +exists +pexpire +eval +multi +exec +time +ping"
                  + " +client|setname +hello +select");
      var login = Map.of("username", "parley", "password", "secret");
      var findings = diagnose(server, login);

      assertThat(findings).noneMatch(f -> f.level() == Level.PROBLEM);
      assertThat(findings).anyMatch(f -> f.check().equals("permissions") && f.level() == Level.OK);
      assertWarning(findings, "eviction", "does not say", "+info");
      var settings = new HashMap<>(login);
      settings.put("url", Fixture.url(server.port()));
      settings.put("retention_days", "1");
      server
          .cli()
          .type("XADD parley:ctx 1-0 sender a content old\nXADD parley:ctx 2-0 content newer");
      try (var backend = Fixture.open(settings)) {
        var feed = new RecordingFeed();
        backend.subscribe(Fixture.TOPIC, feed);
        feed.untilBehind(1);
        backend.post(Draft.of(Fixture.TOPIC, "x"));
        feed.untilContents(1);
        await()
            .untilAsserted(() ->
                assertThat(Fixture.contents(backend, Fixture.TOPIC))
                    .doesNotContain("old")
                    .endsWith("x"));
      }
    }
  }

  @Test
  void keys_that_are_in_the_way_are_named() {
    try (var server = RedisServer.durable(RedisServer.redis()).started()) {
      server.cli().run("SET", "parley:counter", "1");

      assertThat(diagnose(server, Map.of()))
          .anyMatch(f -> f.level() == Level.PROBLEM && f.found().contains("parley:counter"));
    }
  }

  private static List<Finding> diagnose(RedisServer server, Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("url", Fixture.url(server.port()));
    return new RedisPlugin().diagnose(Fixture.config(settings));
  }

  private static void assertWarning(
      List<Finding> findings, String check, String found, String remedy) {
    assertThat(findings)
        .anyMatch(f ->
            f.level() == Level.WARNING
                && f.check().equals(check)
                && f.found().contains(found)
                && String.valueOf(f.remedy()).contains(remedy));
  }
}
