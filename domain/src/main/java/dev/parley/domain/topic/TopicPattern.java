package dev.parley.domain.topic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * A pattern over topic names that has to match a whole name. RE2 syntax, so matching takes time
 * linear in the name whatever the pattern (<a
 * href="https://github.com/google/re2/wiki/Syntax">syntax</a>); 1 to 512 characters.
 */
@ValueObject
public final class TopicPattern {

  /** The longest pattern, in UTF-16 characters. */
  public static final int MAX_LENGTH = 512;

  private final Pattern pattern;

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException when it is empty, too long or not RE2 syntax
   */
  public TopicPattern(String expression) {
    if (expression.isEmpty() || expression.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a topic pattern has 1 to %d characters; this one has %d"
              .formatted(MAX_LENGTH, expression.length()));
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
