package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextHeaderTest {

  private static final Handle ALICE = new Handle("Alice.B-2_c");

  @ParameterizedTest
  @EnumSource(names = {"AGENT", "PERSON"})
  void what_was_written_reads_back(Sender.Kind kind) {
    var content = "  **bob:** said\r\nso ";
    assertThat(TextHeader.read(TextHeader.write(ALICE, kind, content)))
        .contains(new TextHeader(ALICE, kind, content));
  }

  @Test
  void is_the_header_of_existing_bridges() {
    assertThat(TextHeader.write(ALICE, Sender.Kind.AGENT, "hello"))
        .isEqualTo("**Alice.B-2_c:** hello");
  }

  @Test
  void is_never_longer_than_it_says() {
    var longest = new Handle("x".repeat(Handle.MAX_LENGTH));
    assertThat(TextHeader.write(longest, Sender.Kind.PERSON, "")).hasSize(TextHeader.LONGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "",
        "**bold** text",
        " **alice:** indented",
        "**alice:**no blank",
        "**-alice:** no handle",
        "**a b:** no handle",
        "**alice (robot):** no kind",
        "**alice:*** hello"
      })
  void other_text_has_none(String text) {
    assertThat(TextHeader.read(text)).isEmpty();
  }
}
