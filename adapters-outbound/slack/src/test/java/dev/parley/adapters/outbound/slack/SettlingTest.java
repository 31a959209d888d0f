package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message may show after one with a later place. */
class SettlingTest {

  private static final Duration LATE = Duration.ofMillis(300);

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Grace says one thing and then another, and the first shows late. */
  private void saysLateAndEarly() {
    var message = Workspace.message().put("user", "U0GRACE").put("text", "first");
    Thread.startVirtualThread(() -> fixture.workspace().addLate(LATE, fixture.channel(), message));
    await().pollInterval(Duration.ofMillis(1)).until(fixture.workspace()::hasComing);
    fixture.workspace().says(fixture.channel(), "U0GRACE", "second");
  }

  private static List<String> page(Backend session) {
    return session.fetchRecent(TOPIC, Window.oldest(10)).messages().stream()
        .map(Message::content)
        .toList();
  }

  @Test
  void a_page_waits_for_what_may_still_come_before_its_newest_message() {
    var ada = fixture.session("ada");
    saysLateAndEarly();
    assertThat(page(ada)).containsExactly("first", "second");
  }

  @Test
  void the_live_path_waits_as_well() {
    var reader = new LiveReader(fixture.session("ada"), TOPIC);
    saysLateAndEarly();
    reader.await(2, Duration.ofSeconds(8));
    assertThat(reader.read()).extracting(Message::content).containsExactly("first", "second");
  }

  @Test
  void without_a_settling_time_the_order_is_the_one_in_which_they_show() {
    var ada = fixture.session("ada", Map.of("settling_ms", 0L));
    saysLateAndEarly();
    assertThat(page(ada)).containsExactly("second");
  }

  @Test
  void a_fraction_that_only_counts_is_taken_for_no_time() {
    var ada = fixture.session("ada");
    var nothing = ada.fetchRecent(TOPIC, Window.latest(1));
    var message = Workspace.message().put("user", "U0GRACE").put("text", "counted");
    fixture.workspace().addAt(Ts.at(Instant.now()).second().next(), fixture.channel(), message);
    assertThat(ada.fetchRecent(TOPIC, Window.after(nothing.next(), 10)).messages())
        .extracting(Message::content)
        .containsExactly("counted");
  }
}
