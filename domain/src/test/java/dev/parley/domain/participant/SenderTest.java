package dev.parley.domain.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.participant.Sender.Kind;
import org.junit.jupiter.api.Test;

class SenderTest {

  private static final Handle USER_K = new Handle("userk");

  @Test
  void goes_by_its_handle_in_any_case() {
    assertThat(Sender.agent(new Handle("UserK")).isNamed(USER_K)).isTrue();
  }

  @Test
  void does_not_go_by_a_handle_that_only_looks_alike() {
    assertThat(new Sender("user\u212a", null, Kind.PERSON).isNamed(USER_K)).isFalse();
    assertThat(new Sender("u\u017ferk", null, Kind.PERSON).isNamed(USER_K)).isFalse();
  }

  @Test
  void is_the_same_as_another_of_its_kind_name_and_account() {
    var coder = new Sender("coder", "u1", Kind.AGENT);
    assertThat(coder.isSameAs(new Sender("Coder", "u1", Kind.AGENT))).isTrue();
    assertThat(coder.isSameAs(new Sender("coder", null, Kind.AGENT))).isTrue();
    assertThat(coder.isSameAs(new Sender("coder", "u2", Kind.AGENT))).isFalse();
    assertThat(coder.isSameAs(new Sender("planner", "u1", Kind.AGENT))).isFalse();
    assertThat(coder.isSameAs(new Sender("coder", "u1", Kind.PERSON))).isFalse();
    assertThat(coder.isSameAs(new Sender("coder", "u1", Kind.UNVERIFIED))).isFalse();
  }

  @Test
  void a_foreign_name_is_compared_exactly() {
    var anna = new Sender("Anna M\u00fcller", null, Kind.PERSON);
    assertThat(anna.isSameAs(new Sender("Anna M\u00fcller", null, Kind.PERSON))).isTrue();
    assertThat(anna.isSameAs(new Sender("anna m\u00fcller", null, Kind.PERSON))).isFalse();
  }
}
