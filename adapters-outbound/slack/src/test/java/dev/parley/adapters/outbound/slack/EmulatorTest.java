package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Web API as a third party emulates it. The emulator has no bots, no scopes, no Socket Mode, no
 * latest_reply, takes no notice of oldest and latest, keeps emoji as they are, and knows no error
 * for a thread that does not exist; so the live path, bounds and refusals are shown on the double
 * alone.
 */
class EmulatorTest {

  private static final String CHANNEL = "C000000001";

  private final Emulator emulator = new Emulator();
  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        new SlackPlugin()
            .open(
                new BackendConfig(
                    Map.of(
                        "bot_token",
                        Emulator.TOKEN,
                        "app_token",
                        "none",
                        "api_url",
                        emulator.url(),
                        "channel_map",
                        Map.of(TOPIC.value(), CHANNEL))),
                new Self(
                    new Handle("ada"),
                    Sender.Kind.AGENT,
                    new InstanceId("ada"),
                    Path.of("unused")));
  }

  @AfterEach
  void stop() {
    backend.close();
    emulator.close();
  }

  @Test
  void what_is_posted_is_read_back_under_its_id_on_pages_of_any_size_and_direction() {
    var posted = new ArrayList<MessageId>();
    for (var n = 1; n <= 20; n++) {
      posted.add(backend.post(Draft.of(TOPIC, "number %d & <so on>".formatted(n))));
    }
    var whole = Fixture.history(backend);
    assertThat(whole).extracting(Message::id).isEqualTo(posted);
    assertThat(whole.getFirst().content()).isEqualTo("number 1 & <so on>");
    for (var size : new int[] {1, 3, 7, 50}) {
      var downwards = new ArrayList<Message>();
      var page = backend.fetchRecent(TOPIC, Window.latest(size));
      downwards.addAll(page.messages());
      while (page.more()) {
        page = backend.fetchRecent(TOPIC, Window.before(downwards.getFirst().cursor(), size));
        downwards.addAll(0, page.messages());
      }
      assertThat(downwards).isEqualTo(whole);
      var upwards = new ArrayList<Message>();
      page = backend.fetchRecent(TOPIC, Window.oldest(size));
      upwards.addAll(page.messages());
      while (page.more()) {
        page = backend.fetchRecent(TOPIC, Window.after(page.next(), size));
        upwards.addAll(page.messages());
      }
      assertThat(upwards).isEqualTo(whole);
    }
  }

  @Test
  void a_reply_in_a_thread_stands_in_its_place() {
    var question = backend.post(Draft.of(TOPIC, "a question"));
    backend.post(Draft.of(TOPIC, "something else"));
    backend.post(Draft.of(TOPIC, "an answer").inReplyTo(question));
    assertThat(Fixture.history(backend))
        .extracting(Message::content)
        .containsExactly("a question", "something else", "an answer");
    assertThat(Fixture.history(backend).getLast().parent()).isEqualTo(question);
  }

  @Test
  void an_edit_and_a_deletion_are_seen_where_they_happened() {
    var edited = backend.post(Draft.of(TOPIC, "at first"));
    var deleted = backend.post(Draft.of(TOPIC, "a mistake"));
    backend.post(Draft.of(TOPIC, "last"));
    emulator.ask(
        "chat.update", Map.of("channel", CHANNEL, "ts", edited.value(), "text", "in the end"));
    emulator.ask("chat.delete", Map.of("channel", CHANNEL, "ts", deleted.value()));
    var history = Fixture.history(backend);
    assertThat(history).extracting(Message::content).containsExactly("in the end", "last");
    assertThat(history.getFirst().condition()).isEqualTo(Message.Condition.EDITED);
    assertThat(history.getFirst().sender().handle()).isEqualTo("ada");
    assertThat(history.getFirst().id()).isEqualTo(edited);
  }

  @Test
  void where_it_is_not_installed_a_sentence_says_what_to_do(@TempDir Path folder) {
    assertThatThrownBy(() -> Emulator.modules(folder.toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("emulate 0.12.2 is needed in " + folder)
        .hasMessageContaining("./check --install");
  }
}
