package dev.parley.conformance.steps;

import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Map;

/** Names of topics that careless mappings mistake for each other, by what tells them apart. */
final class TopicNames {

  private static final String LONG = "n".repeat(TopicName.MAX_LENGTH - 1);

  private static final Map<String, List<String>> ALIKE =
      Map.ofEntries(
          Map.entry("case", List.of("Planning", "planning", "PLANNING")),
          Map.entry("Unicode form", List.of("caf\u00e9", "cafe\u0301", "cafe")),
          Map.entry("letters that look the same", List.of("a", "\u0430", "\uff41")),
          Map.entry("special case rules", List.of("stra\u00dfe", "strasse", "STRASSE")),
          Map.entry("slashes", List.of("a/b", "a//b", "a\\b", "a-b", "/a/b", "a/b/")),
          Map.entry("dots", List.of("a.b", "a..b", ".", "..", "a.b.", ".a.b", "...")),
          Map.entry("blanks", List.of("a b", "a  b", "ab", "a_b", "a\u00a0b", "a-b")),
          Map.entry(
              "wildcard characters", List.of("*", "a*", "a", "a?", ">", "a>", "%", "a%", "_")),
          Map.entry(
              "quotes and signs", List.of("a'b", "a\"b", "a`b", "a;b", "a:b", "#a", "@a", "a&b")),
          Map.entry("escapes", List.of("a%2Fb", "a/b", "a%2fb", "a+b", "\\u0061", "${a}", "=2F")),
          Map.entry("emoji", List.of("\ud83d\ude00", "\ud83d\ude01", "\u263a", "\u263a\ufe0f")),
          Map.entry("numbers", List.of("1", "01", "1.0", "-1", "1e0")),
          Map.entry(
              "reserved words", List.of("null", "NULL", "con", "nul", "constructor", "messages")),
          Map.entry("the 512th character", List.of(LONG + "a", LONG + "b", LONG)),
          Map.entry("what a fold with a hash would give", List.of("A b", "a-b-81fe8bfe87", "a-b")));

  private TopicNames() {}

  /** The names that only differ in this. */
  static List<TopicName> thatDifferIn(String difference) {
    var names = ALIKE.get(difference);
    if (names == null) {
      throw new IllegalArgumentException("no such names: " + difference);
    }
    return names.stream().map(TopicName::new).toList();
  }
}
