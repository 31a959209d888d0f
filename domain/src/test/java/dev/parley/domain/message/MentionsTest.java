package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@coder | coder",
        "ask @coder. | coder",
        "(@coder) | coder",
        "@coder, please | coder",
        "@a.b-c_d- now | a.b-c_d",
        "@x7 | x7",
        "**@coder** | coder",
        "@coder's turn | coder",
        "@@coder | ",
        "see \u00bb@coder\u00ab | coder",
      })
  void finds_a_name_that_a_person_would_see(String content, String name) {
    assertThat(Mentions.in(content)).isEqualTo(name == null ? List.of() : List.of(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail@example.org",
        "@",
        "@ coder",
        "@-coder",
        "a/@coder",
        "\u00fc@coder",
        "\ud835\udc00@coder",
        "@\u00fcber"
      })
  void finds_nothing_where_nobody_is_meant(String content) {
    assertThat(Mentions.in(content)).isEmpty();
  }

  @Test
  void a_name_too_long_for_a_handle_is_no_mention() {
    assertThat(Mentions.in("@" + "x".repeat(64))).containsExactly("x".repeat(64));
    assertThat(Mentions.in("@" + "x".repeat(65))).isEmpty();
  }

  @Test
  void names_each_once_as_first_written() {
    assertThat(Mentions.in("@Coder @planner @coder @CODER @planner"))
        .containsExactly("Coder", "planner");
  }

  @Test
  void are_rewritten_where_they_stand() {
    var content = "@coder: mail@coder.org, see @Coder. and @nobody, @ and @@coder";
    assertThat(Mentions.rewrite(content, name -> name.equals("nobody") ? null : "<" + name + ">"))
        .isEqualTo("<coder>: mail@coder.org, see <Coder>. and @nobody, @ and @@coder");
  }

  @Test
  void a_message_mentions_a_handle_in_any_case() {
    var message = new Transcript("ctx").says(Sender.agent(new Handle("a")), "hi @Coder");
    assertThat(message.mentions(new Handle("coder"))).isTrue();
    assertThat(message.mentions(new Handle("code"))).isFalse();
  }

  @Test
  void a_mebibyte_of_different_names_takes_linear_time() {
    var content =
        IntStream.range(0, 130_000)
            .mapToObj(i -> "@" + Integer.toString(i, 36))
            .collect(Collectors.joining(" "));
    var before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    assertThat(Mentions.in(content)).hasSize(130_000);
    var took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(3));
  }
}
