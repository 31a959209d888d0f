package dev.parley.domain.message;

import dev.parley.domain.topic.TopicName;
import org.jmolecules.ddd.annotation.ValueObject;
import org.jspecify.annotations.Nullable;

/**
 * Content that is not posted yet.
 *
 * @param content well-formed Unicode without NUL, not empty and not all blank; posted code point
 *     for code point
 * @param parent the message this one answers, if any
 * @param key what makes the post repeatable, if anything
 */
@ValueObject
public record Draft(
    TopicName topic, String content, @Nullable MessageId parent, @Nullable IdempotencyKey key) {

  public Draft {
    if (isBlank(content)) {
      throw new IllegalArgumentException("content is empty or blank; there is nothing to post");
    }
    if (content.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "content contains U+0000 at index %d; remove it".formatted(content.indexOf('\0')));
    }
    var lone = firstLoneSurrogate(content);
    if (lone >= 0) {
      throw new IllegalArgumentException(
          "content is not well-formed Unicode: lone surrogate U+%04X at index %d"
              .formatted((int) content.charAt(lone), lone));
    }
  }

  /** A message of its own, not repeatable. */
  public static Draft of(TopicName topic, String content) {
    return new Draft(topic, content, null, null);
  }

  /** The same as an answer to a message. */
  public Draft inReplyTo(MessageId message) {
    return new Draft(topic, content, message, key);
  }

  /** The same, repeatable under a key. */
  public Draft under(IdempotencyKey repeatable) {
    return new Draft(topic, content, parent, repeatable);
  }

  private static boolean isBlank(String text) {
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        return false;
      }
    }
    return true;
  }

  private static int firstLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
        i++;
      } else {
        return i;
      }
    }
    return -1;
  }
}
