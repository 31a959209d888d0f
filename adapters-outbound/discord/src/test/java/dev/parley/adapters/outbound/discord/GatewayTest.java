package dev.parley.adapters.outbound.discord;

import static dev.parley.adapters.outbound.discord.Fixture.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway does to a session, and what becomes of the messages. */
class GatewayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Fixture fixture;
  private GatewayDouble gateway;
  private Backend alice;
  private LiveReader reader;

  @BeforeEach
  void followLive() {
    fixture = new Fixture(folder);
    gateway = fixture.discord().gateway();
    gateway.heartbeat(Duration.ofMillis(500));
    alice = fixture.open("alice");
    reader = fixture.keep(new LiveReader(fixture.open("bob"), PLANNING));
    say("before");
  }

  @AfterEach
  void leave() throws Exception {
    fixture.close();
  }

  private void say(String content) {
    var _ = alice.post(Draft.of(PLANNING, content));
    Awaitility.await(content)
        .atMost(PATIENCE)
        .until(() -> History.contents(reader.read()).contains(content));
  }

  private void until(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).until(condition);
  }

  @Test
  void aSessionIsResumedWhenDiscordAsksToReconnect() {
    var begun = gateway.identified();
    gateway.askToReconnect();
    until("both sessions resumed", () -> gateway.resumed() == 2);
    say("after");
    assertThat(gateway.identified()).isEqualTo(begun);
    until("behind", () -> reader.signals().getLast().equals("behind"));
    assertThat(History.contents(reader.read())).containsExactly("before", "after");
  }

  @Test
  void aConnectionThatDiscordClosesIsMadeAgainAndTheSessionResumed() {
    gateway.close(4000);
    until("both sessions resumed", () -> gateway.resumed() == 2);
    say("after");
    assertThat(History.contents(reader.read())).containsExactly("before", "after");
  }

  @Test
  void whatWasSaidWhileTheConnectionWasCutIsReplayed() {
    fixture.discord().gatewayProxy().cut();
    var _ = alice.post(Draft.of(PLANNING, "meanwhile"));
    fixture.discord().gatewayProxy().mend();
    say("after");
    assertThat(History.contents(reader.read())).containsExactly("before", "meanwhile", "after");
  }

  @Test
  void aSessionThatDiscordForgotIsBegunAnewAndToldToRead() {
    var begun = gateway.identified();
    gateway.invalidate();
    until("new sessions", () -> gateway.identified() >= begun + 2);
    say("after");
    until("behind", () -> reader.signals().getLast().equals("behind"));
    assertThat(reader.signals()).contains("interrupted");
    assertThat(History.contents(reader.read())).containsExactly("before", "after");
  }

  @Test
  void aConnectionThatAnswersNoHeartbeatIsMadeAnew() {
    gateway.acknowledges(false);
    until("a session is taken up again", () -> gateway.resumed() > 0);
    gateway.acknowledges(true);
    say("after");
    assertThat(History.contents(reader.read())).containsExactly("before", "after");
  }

  @Test
  void aSessionThatIsEndedForGoodIsSaidWithTheRemedy() {
    fixture.store().bot().flags = 0;
    gateway.close(4014);
    until("no session", () -> String.valueOf(alice.about().lastFailure()).contains("Intent"));
    assertThat(alice.about().lastFailure()).contains("Message Content Intent", "portal");
  }
}
