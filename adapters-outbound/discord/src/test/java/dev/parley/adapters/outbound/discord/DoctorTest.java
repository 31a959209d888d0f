package dev.parley.adapters.outbound.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.OpenStore;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of a bot and its channels. */
class DoctorTest {

  @TempDir Path folder;
  private Fixture fixture;

  @BeforeEach
  void begin() {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void leave() throws Exception {
    fixture.close();
  }

  private List<Finding> findings() {
    var plugin = new DiscordPlugin();
    var config = new HashMap<>(fixture.store().config());
    config.put("request_timeout_ms", "3000");
    return plugin.diagnose(OpenStore.config(plugin, config));
  }

  private Finding ofPlanning() {
    return findings().stream()
        .filter(finding -> finding.check().equals("topic planning"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allIsWellWhereAllIsGranted() {
    var findings = findings();
    assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
    assertThat(findings)
        .extracting(Finding::check)
        .startsWith("token", "intents", "gateway")
        .contains("topic planning", "sessions");
    assertThat(ofPlanning().toString()).contains("under their own names");
  }

  @Test
  void withoutManageWebhooksItSaysWhatPeopleSeeInstead() {
    fixture.channel().denied = Permissions.MANAGE_WEBHOOKS;
    assertThat(ofPlanning().level()).isEqualTo(Level.OK);
    assertThat(ofPlanning().toString()).contains("speak as the bot", "Manage Webhooks");
  }

  @Test
  void everyMissingPermissionIsNamed() {
    fixture.channel().denied = Permissions.SEND_MESSAGES | Permissions.READ_HISTORY;
    assertThat(findings().toString()).contains("Send Messages", "Read Message History");
    assertThat(findings()).anyMatch(finding -> finding.level() == Level.PROBLEM);
  }

  @Test
  void aGatewayThatIsNotReachedIsNamed() {
    fixture.discord().gatewayProxy().cut();
    assertThat(findings())
        .filteredOn(finding -> finding.check().equals("gateway"))
        .singleElement()
        .matches(finding -> finding.level() == Level.PROBLEM)
        .matches(finding -> finding.toString().contains("gateway_url"));
  }

  @Test
  void nothingIsLeftBehind() {
    var _ = findings();
    assertThat(fixture.channel().webhooks).isEmpty();
  }
}
