package dev.parley.domain.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.topic.Topic.Access;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowedTopicsTest {

  private static final TopicName PRESENCE = new TopicName("parley-presence");
  private static final TopicName CTX = new TopicName("ctx");
  private static final TopicName OPS = new TopicName("ops-7");

  private final AllowedTopics allowed = allowed(List.of(CTX), "ops-.*");

  @Test
  void a_listed_topic_is_subscribed() {
    assertThat(allowed.usable(CTX)).isEqualTo(new Topic(CTX, Access.SUBSCRIBED));
    assertThat(allowed.followed(CTX).subscribed()).isTrue();
  }

  @Test
  void a_matched_topic_may_be_used_but_is_not_followed() {
    assertThat(allowed.usable(OPS)).isEqualTo(new Topic(OPS, Access.POST_ONLY));
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> allowed.followed(OPS))
        .withMessageStartingWith("topic 'ops-7' is not subscribed by this instance")
        .withMessageContaining("read it by its history");
  }

  @Test
  void a_listed_topic_that_a_pattern_matches_too_stays_subscribed() {
    assertThat(allowed(List.of(OPS), "ops-.*").usable(OPS).subscribed()).isTrue();
  }

  @Test
  void the_presence_topic_is_reserved_on_every_path() {
    var open = allowed(List.of(CTX), ".*", "parley-presence");
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> open.usable(PRESENCE))
        .withMessage("topic 'parley-presence' is reserved for presence");
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> open.followed(PRESENCE))
        .withMessage("topic 'parley-presence' is reserved for presence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allowed(List.of(CTX, PRESENCE)))
        .withMessage("topic 'parley-presence' is reserved for presence and cannot be subscribed");
  }

  @Test
  void nothing_is_allowed_by_default() {
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> allowed(List.of()).usable(CTX))
        .withMessage("topic 'ctx' is not configured for this instance; it may use: none");
  }

  @Test
  void a_refusal_names_what_may_be_used() {
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> allowed.usable(new TopicName("Ctx")))
        .withMessage(
            "topic 'Ctx' is not configured for this instance; it may use: ctx; and names matching"
                + " ops-.*");
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> allowed(List.of(), "a.*", "b.*").usable(CTX))
        .withMessageEndingWith("it may use: names matching a.*, b.*");
  }

  @Test
  void a_refusal_names_at_most_20_topics() {
    var many = IntStream.rangeClosed(1, 25).mapToObj(n -> new TopicName("t" + n)).toList();
    assertThatExceptionOfType(TopicRefused.class)
        .isThrownBy(() -> allowed(many).usable(CTX))
        .withMessageEndingWith("t19, t20 and 5 more");
  }

  @Test
  void topics_keep_the_order_of_the_configuration() {
    assertThat(allowed(List.of(OPS, CTX, OPS)).subscribed()).containsExactly(OPS, CTX);
  }

  private static AllowedTopics allowed(List<TopicName> subscribed, String... patterns) {
    var compiled = List.of(patterns).stream().map(TopicPattern::new).toList();
    return new AllowedTopics(subscribed, compiled, PRESENCE);
  }
}
