package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.outbound.HandOffProjections;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far back hand-offs are known, and what is said when something is missing. */
class TopicHandOffsTest {

  private static final TopicHandOffs.Sizes SIZES = new TopicHandOffs.Sizes(4, 12);

  private static final Sender CODER = Sender.agent(new Handle("coder"));

  private final MemoryBackend backend = new MemoryBackend(SELF, false);
  private final Kept kept = new Kept();

  /** Keeps one projection, unless it is broken. */
  private static final class Kept implements HandOffProjections {

    private @Nullable Projection projection;
    private boolean broken;
    private int saved;

    @Override
    public Optional<Projection> find(String store, TopicName topic) {
      breakIfAsked();
      return Optional.ofNullable(projection);
    }

    @Override
    public void save(String store, TopicName topic, Projection one) {
      breakIfAsked();
      projection = one;
      saved++;
    }

    private void breakIfAsked() {
      if (broken) {
        throw new StateUnavailable("the file f is damaged", new IOException());
      }
    }
  }

  private TopicHandOffs handOffs() {
    return new TopicHandOffs(TOPIC, backend, "memory", kept, Duration.ofSeconds(5), SIZES);
  }

  private TopicHandOffs readOn() {
    var handOffs = handOffs();
    handOffs.readOn();
    return handOffs;
  }

  private void say(String... contents) {
    for (var content : contents) {
      backend.store(TOPIC, content.startsWith("#handoff") ? PEER : CODER, content);
    }
  }

  private void chat(int messages) {
    for (var n = 1; n <= messages; n++) {
      say("chat " + n);
    }
  }

  private static List<String> ids(TopicHandOffs handOffs) {
    return handOffs.all().stream().map(HandOff::key).map(key -> key.id().value()).toList();
  }

  @Test
  void a_topic_is_read_back_as_far_as_it_goes() {
    say("#handoff ho-1 one");
    chat(10);
    say("#handoff ho-2 two");

    var handOffs = readOn();

    assertThat(ids(handOffs)).containsExactly("ho-1", "ho-2");
    assertThat(handOffs.truncated()).isFalse();
    assertThat(handOffs.takeNotes()).isEmpty();
  }

  @Test
  void a_longer_one_is_read_back_so_far_and_that_is_said_once() {
    say("#handoff ho-1 one");
    chat(12);

    var handOffs = readOn();

    assertThat(ids(handOffs)).isEmpty();
    assertThat(handOffs.truncated()).isTrue();
    assertThat(handOffs.takeNotes())
        .containsExactly(
            "topic 'ctx' is longer than the 12 messages that are read back; hand-offs from before"
                + " are not known here");
    assertThat(handOffs.takeNotes()).isEmpty();
  }

  @Test
  void with_a_stored_projection_an_old_offer_is_known_and_only_what_follows_is_read() {
    say("#handoff ho-1 one");
    readOn().store();
    chat(50);
    say("#claim ho-1");

    var handOffs = readOn();

    assertThat(handOffs.find(new HandOffId("ho-1")).orElseThrow().state())
        .isInstanceOf(HandOffState.Claimed.class);
    assertThat(handOffs.truncated()).isFalse();
  }

  @Test
  void a_restart_in_the_middle_of_a_hand_off_changes_nothing() {
    for (var line :
        List.of("#handoff ho-1 one", "#claim ho-1", "#progress ho-1 half", "#done ho-1 merged")) {
      say(line);
      readOn().store();
    }

    assertThat(readOn().all())
        .singleElement()
        .extracting(one -> one.state().kind())
        .isEqualTo(HandOffState.Kind.DONE);
  }

  @Test
  void that_only_part_is_known_is_kept_over_a_restart() {
    chat(20);
    readOn().store();

    assertThat(readOn().truncated()).isTrue();
    assertThat(readOn().takeNotes()).hasSize(1);
  }

  @Test
  void after_a_gap_it_is_read_anew_from_what_is_left_and_that_is_said() {
    say("#handoff ho-1 gone", "x", "#handoff ho-2 kept");
    readOn().store();
    chat(3);
    say("#handoff ho-3 later");
    backend.trimBelow(5);

    var handOffs = readOn();

    assertThat(ids(handOffs)).containsExactly("ho-3");
    assertThat(handOffs.truncated()).isTrue();
    assertThat(handOffs.takeNotes())
        .containsExactly(
            "history of topic 'ctx' is missing, so its hand-offs are read anew from what is left;"
                + " older ones may be missing");
  }

  @Test
  void a_rejected_cursor_is_read_anew_and_that_is_said() {
    say("#handoff ho-1 one");
    kept.projection =
        new HandOffProjections.Projection(new Cursor("of another store"), List.of(), false);

    var handOffs = readOn();

    assertThat(ids(handOffs)).containsExactly("ho-1");
    assertThat(handOffs.takeNotes())
        .singleElement()
        .asString()
        .startsWith("the hand-offs of topic 'ctx' are read anew: not a cursor of this store");
    handOffs.store();
    assertThat(readOn().takeNotes()).isEmpty();
  }

  @Test
  void a_damaged_projection_is_read_anew_and_that_is_said() {
    say("#handoff ho-1 one");
    kept.broken = true;

    var handOffs = readOn();
    handOffs.store();

    assertThat(ids(handOffs)).containsExactly("ho-1");
    assertThat(handOffs.takeNotes())
        .containsExactly(
            "the stored hand-offs of topic 'ctx' are read anew: the file f is damaged");
    kept.broken = false;
    say("#handoff ho-2 two");
    handOffs.readOn();
    handOffs.store();
    assertThat(kept.projection).isNotNull();
  }

  @Test
  void what_changes_nothing_is_not_stored_until_much_has_passed() {
    say("#handoff ho-1 one");
    var handOffs = readOn();
    handOffs.store();
    chat(999);
    handOffs.readOn();
    handOffs.store();
    assertThat(kept.saved).isEqualTo(1);

    chat(1);
    handOffs.readOn();
    handOffs.store();
    assertThat(kept.saved).isEqualTo(2);
  }

  @Test
  void reading_that_takes_too_long_is_said_and_goes_on_next_time() {
    say("#handoff ho-1 one");
    var handOffs = new TopicHandOffs(TOPIC, backend, "memory", kept, Duration.ZERO, SIZES);
    handOffs.readOn();
    chat(6);
    say("#claim ho-1");

    handOffs.readOn();
    assertThat(handOffs.truncated()).isTrue();
    assertThat(handOffs.takeNotes()).singleElement().asString().contains("ask again to read on");

    handOffs.readOn();
    assertThat(handOffs.truncated()).isFalse();
    assertThat(handOffs.all().getFirst().state()).isInstanceOf(HandOffState.Claimed.class);
  }

  @Test
  void effects_are_remembered_within_bounds() {
    var first = backend.store(TOPIC, PEER, "#claim ho-1");
    for (var n = 0; n < 3; n++) {
      say("#claim ho-1 " + "x".repeat(400_000));
    }
    var last = backend.store(TOPIC, PEER, "#claim ho-1");

    var handOffs = readOn();

    assertThat(handOffs.effectOf(first.id())).isEmpty();
    assertThat(handOffs.effectOf(last.id())).isPresent();
  }
}
