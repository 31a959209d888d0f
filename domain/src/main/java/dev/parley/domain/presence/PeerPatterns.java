package dev.parley.domain.presence;

import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.util.List;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * The post patterns that a peer says it has. Nobody vouches for them: at most {@value #MAX} are
 * kept, each of at most {@value TopicPattern#MAX_LENGTH} characters, and those that are no patterns
 * match nothing. They are compiled only when they are asked, so a peer that beats often costs
 * little.
 */
@ValueObject
public record PeerPatterns(List<String> expressions) {

  /** The most patterns that are kept of a peer. */
  public static final int MAX = 64;

  /** No patterns. */
  public static final PeerPatterns NONE = new PeerPatterns(List.of());

  public PeerPatterns {
    expressions =
        expressions.stream()
            .filter(expression -> expression.length() <= TopicPattern.MAX_LENGTH)
            .limit(MAX)
            .toList();
  }

  /** Whether one of the patterns matches the whole name. */
  public boolean matches(TopicName name) {
    return expressions.stream().anyMatch(expression -> matches(expression, name));
  }

  private static boolean matches(String expression, TopicName name) {
    try {
      return new TopicPattern(expression).matches(name);
    } catch (IllegalArgumentException noPattern) {
      return false;
    }
  }
}
