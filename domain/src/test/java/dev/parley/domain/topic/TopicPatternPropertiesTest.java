package dev.parley.domain.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TopicPatternPropertiesTest {

  private static final TopicName LONGEST = new TopicName("a".repeat(TopicName.MAX_LENGTH));

  @Property(tries = 500)
  void takes_little_time_whatever_the_pattern(@ForAll("hostile") String expression) {
    var threads = ManagementFactory.getThreadMXBean();
    var before = threads.getCurrentThreadCpuTime();
    try {
      new TopicPattern(expression).matches(LONGEST);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("a topic pattern");
    }
    var took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @Provide
  Arbitrary<String> hostile() {
    var atoms = Arbitraries.of("a", "a?", "(a+)+", "(a|a)*", ".", "\\pL", "[^b]", "(.*)*", "a{9}");
    var repeats = Arbitraries.of("*", "+", "?", "{2}", "{9}", "{30}", "{0,99}", "{500,}", "{1000}");
    var steps =
        Arbitraries.<UnaryOperator<String>>oneOf(
            atoms.map(atom -> expression -> expression + atom),
            atoms.map(atom -> expression -> "(" + expression + "|" + atom + ")"),
            repeats.map(repeat -> expression -> "(?:" + expression + ")" + repeat));
    return steps.list().ofMinSize(1).ofMaxSize(30).map(TopicPatternPropertiesTest::build);
  }

  private static String build(List<UnaryOperator<String>> steps) {
    var expression = "a";
    for (var step : steps) {
      var longer = step.apply(expression);
      expression = longer.length() <= TopicPattern.MAX_LENGTH ? longer : expression;
    }
    return expression;
  }
}
