package dev.parley.domain.handoff;

import dev.parley.domain.handoff.Act.Cancel;
import dev.parley.domain.handoff.Act.Claim;
import dev.parley.domain.handoff.Act.Decline;
import dev.parley.domain.handoff.Act.Done;
import dev.parley.domain.handoff.Act.Offer;
import dev.parley.domain.handoff.Act.Progress;
import dev.parley.domain.handoff.Act.Release;
import dev.parley.domain.participant.Handle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line on which an act stands: reads what people and agents type, writes what they can read.
 */
final class ActLine {

  private static final int LONGEST_WORD = "progress".length();

  /** What people put behind an id or a name without a blank: {@code #done ho-7q2k4m: merged}. */
  private static final String PUNCTUATION = ",:;.";

  private ActLine() {}

  static Optional<Act> read(String content) {
    if (content.isEmpty() || (content.charAt(0) != '#' && content.charAt(0) != '!')) {
      return Optional.empty();
    }
    var wordEnd = 1;
    while (wordEnd <= LONGEST_WORD + 1
        && wordEnd < content.length()
        && !isBlank(content.charAt(wordEnd))) {
      wordEnd++;
    }
    var start = skipBlanks(content, wordEnd);
    var end = HandOffId.endIn(content, start);
    if (end < 0) {
      return Optional.empty();
    }
    var id = new HandOffId(content.substring(start, end));
    var text = strip(content.substring(skipPunctuation(content, end)));
    return switch (HandOffId.lowerCase(content.substring(1, wordEnd))) {
      case "handoff" -> Optional.of(offer(id, text));
      case "claim" -> Optional.of(new Claim(id, text));
      case "progress" -> Optional.of(new Progress(id, text));
      case "done" -> Optional.of(new Done(id, text));
      case "decline" -> Optional.of(new Decline(id, text));
      case "release" -> Optional.of(new Release(id, text));
      case "cancel" -> Optional.of(new Cancel(id, text));
      default -> Optional.empty();
    };
  }

  static String write(Act act) {
    var line = new StringBuilder("#").append(act.word()).append(' ').append(act.id());
    if (act instanceof Offer offer && offer.to() != null) {
      line.append(" @").append(offer.to());
    }
    return (act.text().isEmpty() ? line : line.append(' ').append(act.text())).toString();
  }

  private static Offer offer(HandOffId id, String text) {
    var to = addressee(text);
    return to == null
        ? new Offer(id, null, text)
        : new Offer(id, to, text.substring(skipPunctuation(text, 1 + to.value().length())));
  }

  /** Whom a text is for: the {@code @handle} that it begins with, unless that goes on as a path. */
  static @Nullable Handle addressee(String text) {
    if (!text.startsWith("@")) {
      return null;
    }
    var name = Handle.longestAt(text, 1);
    var end = skipPunctuation(text, 1 + name.length());
    var ends = end == text.length() || isBlankOrLineEnd(text.charAt(end));
    return ends && Handle.isHandle(name) ? new Handle(name) : null;
  }

  /**
   * Takes away blanks and line ends at both ends, those included that {@link String#strip} keeps.
   */
  static String strip(String text) {
    var start = 0;
    while (start < text.length() && isBlankOrLineEnd(text.charAt(start))) {
      start++;
    }
    var end = text.length();
    while (end > start && isBlankOrLineEnd(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static int skipPunctuation(String text, int start) {
    var end = start;
    while (end < text.length() && PUNCTUATION.indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private static int skipBlanks(String text, int start) {
    var end = start;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** A blank within a line; chat clients also send U+00A0. */
  private static boolean isBlank(char c) {
    return c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static boolean isBlankOrLineEnd(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
