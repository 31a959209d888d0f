package dev.parley.domain.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final Cursor CURSOR = new Cursor("c");

  @Test
  void a_window_of_any_kind_holds_at_least_one_message() {
    var kinds =
        List.<IntFunction<Window>>of(
            Window::latest,
            Window::oldest,
            limit -> Window.after(CURSOR, limit),
            limit -> Window.before(CURSOR, limit));
    for (var kind : kinds) {
      assertThat(kind.apply(1).limit()).isEqualTo(1);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.apply(0))
          .withMessage("a page holds at least 1 message, not 0");
    }
  }

  @Test
  void a_page_without_messages_has_nothing_to_come() {
    assertThat(new Page(List.of(), CURSOR, false, true).gap()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Page(List.of(), CURSOR, true, false))
        .withMessage("a page without messages cannot have more to come");
  }

  @Test
  void a_page_does_not_change_with_the_list_it_was_made_from() {
    var messages = new ArrayList<Message>();
    messages.add(new Transcript("ctx").says(Sender.agent(new Handle("a")), "hi"));
    var page = new Page(messages, CURSOR, false, false);
    messages.clear();
    assertThat(page.messages()).hasSize(1);
  }
}
