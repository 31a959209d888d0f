package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicFoldTest {

  private final TopicFold fold =
      new TopicFold(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'), 40);

  private String fold(String topic) {
    return fold.of(new TopicName(topic));
  }

  @Test
  void aNameThatFitsStaysAsItIs() {
    assertThat(fold("ctx-Handoff_2")).isEqualTo("ctx-Handoff_2");
  }

  @Test
  void aChangedNameIsReadableAndHasTheHashOfTheTopic() {
    // printf 'team.plan' | sha1sum
    assertThat(fold("team.plan")).isEqualTo("team_plan-a1aa9d95e9");
  }

  @Test
  void aLongNameIsCutAndHasTheHashOfTheWhole() {
    var one = fold("a".repeat(60));
    var other = fold("a".repeat(59) + "b");
    assertThat(one).hasSize(40).startsWith("a".repeat(29) + "-").isNotEqualTo(other);
  }

  @Test
  void namesThatFoldAlikeStayApart() {
    var topics = List.of("a.b", "a b", "a/b", "a_b", "a>b", "a*b", "aéb", "ae\u0301b", "a😀b");
    assertThat(topics.stream().map(this::fold)).doesNotHaveDuplicates();
  }
}
