package dev.parley.domain.topic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over topic names that has to match a whole name. RE2 syntax, so matching takes time
 * linear in the name whatever the pattern (<a
 * href="https://github.com/google/re2/wiki/Syntax">syntax</a>); 1 to 512 characters. Counted
 * repetitions may not multiply to more than {@value #MAX_SIZE} steps, since RE2 writes each of them
 * out.
 */
@ValueObject
public final class TopicPattern {

  /** The longest pattern, in UTF-16 characters. */
  public static final int MAX_LENGTH = 512;

  private static final int MAX_SIZE = 10_000;
  private static final int MAX_COUNT = 1_000;
  private static final Pattern COUNT = Pattern.compile("(.?)\\{([0-9]+)(?:,([0-9]*))?\\}");

  private final Pattern pattern;

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException when it is empty, too long, not RE2 syntax or repeats too much
   */
  public TopicPattern(String expression) {
    if (expression.isEmpty() || expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a topic pattern has 1 to %d characters; this one has %d"
              .formatted(MAX_LENGTH, expression.length()));
    }
    if (size(expression) > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a topic pattern may repeat at most %d steps in all; '%s' has repetitions within repetitions that pass this"
              .formatted(MAX_SIZE, expression));
    }
    try {
      this.pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "a topic pattern is a regular expression in RE2 syntax; in '%s': %s"
              .formatted(expression, e.getDescription()),
          e);
    }
  }

  /** Whether the whole name matches. */
  public boolean matches(TopicName name) {
    return pattern.matches(name.value());
  }

  /**
   * An estimate of the steps that RE2 compiles the expression to, at least a third of them:
   * repeated groups may be nested, so their counts multiply; anything else that is repeated is one
   * step, so those counts add up.
   */
  private static long size(String expression) {
    long times = 1;
    long steps = expression.length();
    var counts = COUNT.matcher(expression);
    while (counts.find() && times <= MAX_SIZE) {
      var count = Math.max(count(counts.group(2)), count(counts.group(3)));
      if (")".equals(counts.group(1))) {
        times *= Math.max(1, count);
      } else {
        steps += count;
      }
    }
    return times * steps;
  }

  private static int count(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    return digits.length() > 4 ? MAX_COUNT : Math.min(MAX_COUNT, Integer.parseInt(digits));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicPattern that && pattern.pattern().equals(that.pattern.pattern());
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
