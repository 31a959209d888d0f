package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandOffIdTest {

  @Test
  void a_made_id_has_six_characters_that_nobody_mistakes() {
    var random = new Random(42);
    var made = Stream.generate(() -> HandOffId.random(random).value()).limit(5_000).toList();
    assertThat(made).allMatch(id -> id.matches("ho-[a-km-np-z2-9]{6}"));
    var used = made.stream().flatMapToInt(id -> id.substring(3).chars()).boxed();
    assertThat(used.collect(Collectors.toSet())).hasSize(32);
  }

  @Test
  void the_source_decides_the_id() {
    assertThat(HandOffId.random(new Random(7))).isEqualTo(HandOffId.random(new Random(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ho-1", "ho-fix01", "HO-7Q2K4M", "ho-12345678901234567890123456789012"})
  void accepts_what_a_person_may_type(String typed) {
    assertThat(new HandOffId(typed)).isEqualTo(new HandOffId(typed.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ho-",
        "ho",
        "7q2k4m",
        "ho-a b",
        "ho-a-b",
        "ho-\u00fc",
        "ho-\u212a",
        "\u212ao-a",
        "ho-123456789012345678901234567890123"
      })
  void refuses_the_rest(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HandOffId(typed))
        .withMessage(
            "a hand-off id is 'ho-' and 1 to 32 letters or digits, such as ho-7q2k4m;"
                + " this one has %d characters",
            typed.length());
  }
}
