package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What doctor finds at an app and its channels. */
class DiagnosisTest {

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<Finding> findings() {
    return findings(Map.of());
  }

  private List<Finding> findings(Map<String, Object> settings) {
    return new SlackPlugin().diagnose(fixture.config(settings));
  }

  private void revoke(String scope) {
    var scopes = new HashSet<>(Workspace.ALL_SCOPES);
    scopes.remove(scope);
    fixture.workspace().grantOnly(scopes);
  }

  /** Expects one finding of a level, which says some words. */
  private static void assertOne(List<Finding> findings, Level level, String... words) {
    assertThat(findings)
        .filteredOn(finding -> finding.level() == level)
        .anySatisfy(finding -> assertThat(finding.toString()).contains(words));
  }

  @Test
  void an_app_that_is_made_as_the_page_says_is_all_right_and_nothing_is_posted() {
    assertThat(findings())
        .allMatch(finding -> finding.level() == Level.OK)
        .extracting(Finding::check)
        .containsExactly(
            "bot_token", "names", "Socket Mode", "channel of 'planning'", "rate limits");
    assertThat(fixture.channel().shown()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat:write", "channels:history", "channels:read", "users:read"})
  void each_scope_that_is_missing_is_named(String scope) {
    revoke(scope);
    assertOne(findings(), Level.PROBLEM, "scopes", "the app may not", scope, "install");
  }

  @Test
  void without_the_scope_for_names_it_works_and_doctor_warns() {
    revoke("chat:write.customize");
    assertOne(findings(), Level.WARNING, "names", "chat:write.customize");
  }

  @Test
  void a_channel_that_the_app_is_not_in_is_named_with_the_way_in() {
    fixture.channel().leave();
    assertOne(findings(), Level.PROBLEM, "not in #", fixture.channel().id(), "/invite");
  }

  @Test
  void an_archived_channel_is_named() {
    fixture.channel().archive();
    assertOne(findings(), Level.PROBLEM, "archived", fixture.channel().id(), "unarchive");
  }

  @Test
  void a_channel_that_does_not_exist_is_named_beside_those_that_do() {
    var channels = Map.of("planning", fixture.channel().id(), "elsewhere", "C0NOWHERE");
    var findings = findings(Map.of("channel_map", channels));
    assertOne(findings, Level.PROBLEM, "channel of 'elsewhere'", "C0NOWHERE");
    assertOne(findings, Level.OK, "channel of 'planning'");
  }

  @Test
  void socket_mode_that_is_off_is_said() {
    fixture.workspace().turnSocketModeOff();
    assertOne(findings(), Level.PROBLEM, "Socket Mode", "turn Socket Mode on");
  }

  @Test
  void an_app_token_that_slack_refuses_is_named_and_not_shown() {
    var findings = findings(Map.of("app_token", "xapp-wr0ng"));
    assertOne(findings, Level.PROBLEM, "Socket Mode", "app_token", "invalid_auth");
    assertThat(findings.toString()).doesNotContain("wr0ng");
  }

  @Test
  void an_app_that_is_distributed_gets_little_history_and_doctor_warns() {
    fixture.workspace().distribute();
    for (var n = 1; n <= 16; n++) {
      fixture.workspace().says(fixture.channel(), "U0GRACE", "message " + n);
    }
    assertOne(findings(), Level.WARNING, "rate limits", "15 messages");
  }
}
