package dev.parley.domain.participant;

import com.google.re2j.Pattern;
import java.util.stream.Collectors;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * A pattern over the handle or account of a sender: {@code *} stands for any characters, {@code ?}
 * for one, case does not matter; 1 to 256 characters. Matching takes time linear in the name.
 */
@ValueObject
public final class SenderGlob {

  private static final int MAX_LENGTH = 256;

  private final String glob;
  private final Pattern pattern;

  /**
   * Compiles a glob.
   *
   * @throws IllegalArgumentException when it is blank or too long
   */
  public SenderGlob(String glob) {
    if (glob.isBlank() || glob.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a sender pattern has 1 to %d characters; this one has %d"
              .formatted(MAX_LENGTH, glob.length()));
    }
    this.glob = glob;
    this.pattern =
        Pattern.compile(
            glob.codePoints().mapToObj(SenderGlob::expression).collect(Collectors.joining()),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Whether the sender's handle or account matches. */
  public boolean matches(Sender sender) {
    return pattern.matches(sender.handle())
        || (sender.account() != null && pattern.matches(sender.account()));
  }

  /** Whether every sender matches. */
  public boolean matchesEveryone() {
    return glob.chars().allMatch(c -> c == '*');
  }

  private static String expression(int codePoint) {
    return switch (codePoint) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(Character.toString(codePoint));
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SenderGlob that && glob.equals(that.glob);
  }

  @Override
  public int hashCode() {
    return glob.hashCode();
  }

  /** The glob as it was written. */
  @Override
  public String toString() {
    return glob;
  }
}
