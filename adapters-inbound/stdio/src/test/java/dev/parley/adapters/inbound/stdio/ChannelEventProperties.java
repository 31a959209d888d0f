package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No content and no meta value can break out of the channel element. */
class ChannelEventProperties {

  @Provide
  Arbitrary<String> content() {
    var pieces =
        Arbitraries.of(
            "<",
            "/",
            "<channel",
            "</channel>",
            "<CHANNEL ",
            "</ChAnNeL",
            "<<",
            "</",
            "channel",
            "chan",
            "nel",
            ">",
            "&lt;",
            "\"",
            "'",
            "\n",
            "\r",
            "\u2028",
            " ",
            "x",
            "\ud83d\ude00");
    return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
  }

  @Property
  void content_cannot_open_or_close_a_channel(@ForAll("content") String posted) {
    var shown = new ChannelEvent(posted, Map.of()).content().toLowerCase(Locale.ROOT);

    assertThat(shown).doesNotContain("<channel").doesNotContain("</channel");
  }

  @Property
  void everything_else_stays_as_posted(@ForAll("content") String posted) {
    var shown = new ChannelEvent(posted, Map.of()).content();

    assertThat(shown.replaceAll("(?i)&lt;(/?channel)", "<$1"))
        .isEqualTo(posted.replaceAll("(?i)&lt;(/?channel)", "<$1"));
  }

  @Property
  void content_without_the_element_is_untouched(@ForAll String posted) {
    var harmless = posted.replaceAll("(?i)channel", "");

    assertThat(new ChannelEvent(harmless, Map.of()).content()).isEqualTo(harmless);
  }

  @Property
  void meta_values_have_no_quotes_brackets_or_line_ends(@ForAll("content") String value) {
    var shown = new ChannelEvent("x", Map.of("topic", value)).meta();

    assertThat(shown.get("topic")).doesNotContainPattern("[\"'<>\r\n\u2028]");
    assertThat(shown.get("topic")).isEqualTo(value.replaceAll("[\"'<>\r\n\u2028]", ""));
  }
}
