package dev.parley.domain.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import org.junit.jupiter.api.Test;

class FollowPositionTest {

  private static final Cursor TAIL = new Cursor("tail");

  private final Transcript transcript = new Transcript("ctx");
  private final FollowPosition position = new FollowPosition(TAIL, 2);
  private final Message first = next();
  private final Message second = next();
  private final Message third = next();

  @Test
  void starts_at_the_tail_with_nothing_delivered() {
    assertThat(position.cursor()).isEqualTo(TAIL);
    assertThat(position.hasDelivered(first.id())).isFalse();
    assertThat(position.standsAt(first.id())).isFalse();
  }

  @Test
  void moves_past_a_new_message() {
    assertThat(position.advance(first)).isTrue();
    assertThat(position.cursor()).isEqualTo(first.cursor());
    assertThat(position.standsAt(first.id())).isTrue();
  }

  @Test
  void stays_at_a_repeat() {
    position.advance(first);
    position.advance(second);
    assertThat(position.advance(first)).isFalse();
    assertThat(position.cursor()).isEqualTo(second.cursor());
    assertThat(position.standsAt(second.id())).isTrue();
  }

  @Test
  void forgets_what_left_the_window() {
    position.advance(first);
    position.advance(second);
    position.advance(third);
    assertThat(position.hasDelivered(first.id())).isFalse();
    assertThat(position.hasDelivered(second.id())).isTrue();
  }

  @Test
  void moves_to_the_end_of_a_page_without_forgetting_what_it_delivered() {
    position.advance(first);
    position.advanceTo(new Cursor("end"));
    assertThat(position.cursor()).isEqualTo(new Cursor("end"));
    assertThat(position.advance(first)).isFalse();
  }

  @Test
  void a_window_holds_at_least_one_id() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecentIds(0))
        .withMessage("a window of ids holds at least 1, not 0");
  }

  @Test
  void a_window_of_one_tells_an_immediate_repeat() {
    var ids = new RecentIds(1);
    assertThat(ids.add(new MessageId("1"))).isTrue();
    assertThat(ids.add(new MessageId("1"))).isFalse();
    assertThat(ids.add(new MessageId("2"))).isTrue();
    assertThat(ids.add(new MessageId("1"))).isTrue();
  }

  private Message next() {
    return transcript.says(Sender.agent(new Handle("coder")), "hi");
  }
}
