package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.participant.Handle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MentionsPropertiesTest {

  @Property
  void agree_with_the_rule_written_as_a_pattern(@ForAll("noise") String content) {
    var rule =
        Pattern.compile(
            "(?<![\\p{L}\\p{Nd}@._/+-])@([A-Za-z0-9._-]*[A-Za-z0-9])",
            Pattern.UNICODE_CHARACTER_CLASS);
    var expected =
        rule.matcher(content)
            .results()
            .map(found -> found.group(1))
            .filter(Handle::isHandle)
            .collect(
                Collectors.toMap(
                    name -> name.toLowerCase(Locale.ROOT),
                    name -> name,
                    (first, _) -> first,
                    LinkedHashMap::new));
    assertThat(Mentions.in(content)).containsExactlyElementsOf(expected.values());
  }

  @Property
  void the_rewritten_are_the_found_ones(@ForAll("noise") String content) {
    var rewritten = new ArrayList<String>();
    var same =
        Mentions.rewrite(
            content,
            name -> {
              rewritten.add(name.toLowerCase(Locale.ROOT));
              return "@" + name;
            });
    assertThat(same).isEqualTo(content);
    assertThat(rewritten.stream().distinct())
        .containsExactlyElementsOf(
            Mentions.in(content).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
  }

  @Property
  void never_fail_whatever_the_text(@ForAll List<Character> chars) {
    var content = chars.stream().map(String::valueOf).collect(Collectors.joining());
    assertThat(Mentions.in(content + "@" + content)).doesNotContainNull();
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of(
            "@", "@", "a", "B", "b", "7", ".", "-", "_", " ", "/", "+", "\u00fc", "\n")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
