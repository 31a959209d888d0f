package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.handoff.Act.Cancel;
import dev.parley.domain.handoff.Act.Claim;
import dev.parley.domain.handoff.Act.Decline;
import dev.parley.domain.handoff.Act.Done;
import dev.parley.domain.handoff.Act.Offer;
import dev.parley.domain.handoff.Act.Progress;
import dev.parley.domain.handoff.Act.Release;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActTest {

  private static final HandOffId ID = new HandOffId("ho-7q2k4m");
  private static final Handle CODER = new Handle("coder");

  @Test
  void each_word_is_an_act_of_its_own() {
    assertThat(Act.in("#handoff ho-7q2k4m do it")).contains(new Offer(ID, null, "do it"));
    assertThat(Act.in("#claim ho-7q2k4m")).contains(new Claim(ID, ""));
    assertThat(Act.in("#progress ho-7q2k4m half")).contains(new Progress(ID, "half"));
    assertThat(Act.in("#done ho-7q2k4m see 4ed5")).contains(new Done(ID, "see 4ed5"));
    assertThat(Act.in("#decline ho-7q2k4m busy")).contains(new Decline(ID, "busy"));
    assertThat(Act.in("#release ho-7q2k4m")).contains(new Release(ID, ""));
    assertThat(Act.in("#cancel ho-7q2k4m moot")).contains(new Cancel(ID, "moot"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#claim ho-7q2k4m mine",
        "!claim ho-7q2k4m mine",
        "#CLAIM HO-7Q2K4M mine",
        "!Claim\tho-7q2k4M  mine",
        "#claim\u00a0ho-7q2k4m\u00a0mine",
        "#claim ho-7q2k4m: mine",
        "#claim ho-7q2k4m, mine",
        "#claim ho-7q2k4m\nmine",
        "#claim ho-7q2k4m\r\n\r\nmine\r\n",
      })
  void an_act_may_be_typed_as_people_type(String content) {
    assertThat(Act.in(content)).contains(new Claim(ID, "mine"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "#claim",
        "#claim ",
        "claim ho-7q2k4m",
        " #claim ho-7q2k4m",
        "> #claim ho-7q2k4m",
        "```\n#claim ho-7q2k4m\n```",
        "```#claim ho-7q2k4m```",
        "hello\n#claim ho-7q2k4m",
        "\n#claim ho-7q2k4m",
        "##claim ho-7q2k4m",
        "# claim ho-7q2k4m",
        "#claim\nho-7q2k4m",
        "#claimho-7q2k4m",
        "#claimed ho-7q2k4m",
        "#clai ho-7q2k4m",
        "#claim ho-",
        "#claim 7q2k4m",
        "#claim ho-7q2k4m-2",
        "#claim ho-7q2k4m_",
        "#claim ho-7q2k4m\u00fc",
        "#claim ho-7q2\u212a4m",
        "#progre\u017fs ho-7q2k4m",
        "#claim ho-123456789012345678901234567890123",
      })
  void anything_else_is_no_act(String content) {
    assertThat(Act.in(content)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@coder fix it", "@coder, fix it", "@coder:\nfix it", " \u00a0@coder fix it"})
  void an_offer_names_whom_it_is_for(String text) {
    assertThat(Act.in("#handoff ho-7q2k4m " + text)).contains(new Offer(ID, CODER, "fix it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@babel/core needs an update", "@coder:matrix.org is away", "@ home", "@-x"})
  void an_offer_is_for_anyone_when_its_goal_only_looks_like_a_name(String goal) {
    assertThat(Act.in("#handoff ho-7q2k4m " + goal)).contains(new Offer(ID, null, goal));
  }

  @Test
  void an_offer_may_have_no_goal() {
    assertThat(Act.in("#handoff ho-7q2k4m @coder")).contains(new Offer(ID, CODER, ""));
    assertThat(new Offer(ID, CODER, "").goal()).isEmpty();
  }

  @Test
  void a_goal_that_would_name_somebody_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Offer(ID, null, "@coder fix it"))
        .withMessageStartingWith(
            "a goal that begins with '@coder' would make the offer one to coder");
  }

  @Test
  void an_offer_is_written_as_people_read_it() {
    var brief =
        new Brief("Add retry with backoff to uploader.ts", "It fails on 503.", "Tests pass.");
    var content = Offer.of(ID, CODER, brief).content();
    assertThat(content)
        .isEqualTo(
            """
            #handoff ho-7q2k4m @coder Add retry with backoff to uploader.ts
            Context: It fails on 503.
            Acceptance: Tests pass.\
            """);
    assertThat(Act.in(content)).contains(Offer.of(ID, CODER, brief));
  }

  @Test
  void a_long_goal_stands_in_full_below_its_beginning() {
    var goal = "x".repeat(119) + "\ud83d\ude00 and so on";
    assertThat(new Brief(goal, "", "").text()).isEqualTo("x".repeat(119) + "...\nGoal: " + goal);
    assertThat(new Brief("one\ntwo", "", "").text()).isEqualTo("one\nGoal: one\ntwo");
  }

  @Test
  void a_brief_needs_a_goal() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Brief("\u00a0\n", "why", "how"))
        .withMessage("a hand-off needs a goal; this one is empty or blank");
  }

  @ParameterizedTest
  @EnumSource(
      value = Condition.class,
      names = {"EDITED", "DELETED", "UNREADABLE"})
  void a_message_that_was_changed_is_no_act(Condition condition) {
    var transcript = new Transcript("ctx");
    var sender = Sender.agent(CODER);
    assertThat(Act.in(transcript.says(sender, "#claim ho-7q2k4m"))).isPresent();
    assertThat(Act.in(transcript.says(sender, "#claim ho-7q2k4m", condition))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "#claim ", "#claim ho-", "#claim ho-7q2k4m", "#handoff ho-7q2k4m @"})
  void a_mebibyte_of_anything_takes_linear_time(String beginning) {
    for (var filler : new String[] {" ", "#", "a", "@", ".", "\u00a0", "\n", "@a.", "ho-"}) {
      var content = beginning + filler.repeat(1 << 20);
      var before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      assertThat(Act.in(content)).isNotNull();
      var took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
