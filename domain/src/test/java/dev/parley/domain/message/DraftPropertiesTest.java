package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DraftPropertiesTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  @Property
  void accepts_exactly_what_survives_utf_8(@ForAll("anyText") String content) {
    var survives =
        new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .equals(content);
    var posting = assertThatCode(() -> Draft.of(TOPIC, content));
    if (survives) {
      posting.doesNotThrowAnyException();
    } else {
      posting.isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.of("a", "\ud83d\ude00", "\ud83d", "\ude00", "\u00e9")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts));
  }
}
