package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.history.Window;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the doctor says of databases that can be used, and of what is unsafe about them. */
@Timeout(60)
class DoctorTest {

  private PostgresStore store;

  @BeforeEach
  void create() {
    store = Fixture.newStore();
  }

  @AfterEach
  void drop() {
    store.close();
  }

  private List<Finding> findings(Map<String, String> changes) {
    return Fixture.diagnose(Fixture.with(store.config(), changes));
  }

  private static Finding of(String check, List<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding about " + check + ": " + findings));
  }

  private void makeTables() {
    try (var backend = Fixture.open(store)) {
      var _ = backend.fetchRecent(new TopicName("ctx"), Window.latest(1));
    }
  }

  @Test
  void a_new_database_is_fine_and_stays_as_it_is() {
    var findings = findings(Map.of());

    assertThat(findings).noneMatch(finding -> finding.level() == Level.PROBLEM);
    assertThat(of("server", findings).found()).contains("PostgreSQL 15");
    assertThat(of("table", findings).found()).contains("will be made");
    assertThat(of("live push", findings).level()).isEqualTo(Level.OK);
    assertThat(of("table", findings(Map.of())).found()).contains("will be made");
  }

  @Test
  void a_table_of_another_bridge_will_be_completed() {
    ExistingBridge.makeTables(store);

    assertThat(of("table", findings(Map.of())).found()).contains("will be completed");
  }

  @Test
  void missing_grants_are_named_as_they_would_be_granted() {
    makeTables();
    var role = "poor_" + store.database();
    store
        .server()
        .execute(
            store.database(),
            "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PostgresServer.PASSWORD),
            "GRANT SELECT ON parley_messages, parley_messages_meta TO " + role);
    try {
      var grants = of("grants", findings(Map.of("user", role, "retention_days", "7")));

      assertThat(grants.level()).isEqualTo(Level.PROBLEM);
      assertThat(grants.found())
          .contains(
              "INSERT ON parley_messages,",
              "SELECT ON parley_messages_gone",
              "USAGE ON SEQUENCE parley_messages_seq_seq",
              "DELETE ON parley_messages",
              "INSERT, UPDATE ON parley_messages_meta")
          .doesNotContain("SELECT ON parley_messages,");
    } finally {
      store
          .server()
          .execute(store.database(), "DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
    }
  }

  @Test
  void what_a_crash_may_take_is_said() {
    makeTables();
    store
        .server()
        .execute(
            store.database(),
            "ALTER DATABASE %s SET synchronous_commit = off".formatted(store.database()),
            "ALTER TABLE parley_messages SET UNLOGGED");
    var durability = of("durability", findings(Map.of()));

    assertThat(durability.level()).isEqualTo(Level.WARNING);
    assertThat(durability.found()).contains("fsync = off", "synchronous_commit = off", "UNLOGGED");
  }

  @Test
  void an_unencrypted_way_through_a_network_is_warned_of() {
    var url = "postgresql://%s:%d/%s".formatted(hostName(), store.port(), store.database());

    assertThat(of("encryption", findings(Map.of())).level()).isEqualTo(Level.OK);
    assertThat(of("encryption", findings(Map.of("url", url))).level()).isEqualTo(Level.WARNING);
  }

  /** A name for this machine that does not look like one. */
  private static String hostName() {
    return "2130706433";
  }
}
