package dev.parley.adapters.outbound.slack;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fellbaum.jemoji.EmojiManager;
import net.fellbaum.jemoji.Qualification;

/** Emoji and the names, such as {@code :smile:}, as which Slack keeps them. */
final class Emoji {

  private static final Pattern NAME =
      Pattern.compile(":[a-z0-9_+'&.-]{1,80}:(?::skin-tone-[2-6]:)?");

  private Emoji() {}

  /** The table, which takes time to load: not before somebody uses an emoji. */
  private static final class Table {

    private static final Map<String, String> BY_NAME = new HashMap<>();
    private static final Map<String, String> NAMES = new HashMap<>();
    private static final int LONGEST;

    static {
      var longest = 0;
      for (var emoji : EmojiManager.getAllEmojis()) {
        for (var name : emoji.getSlackAliases()) {
          // The form with its variation selector is the one that everybody writes.
          if (emoji.getQualification() == Qualification.FULLY_QUALIFIED) {
            BY_NAME.put(name, emoji.getEmoji());
          } else {
            BY_NAME.putIfAbsent(name, emoji.getEmoji());
          }
          NAMES.putIfAbsent(emoji.getEmoji(), name);
        }
        longest = Math.max(longest, emoji.getEmoji().length());
      }
      LONGEST = longest;
    }
  }

  /** A text as Slack keeps it, with names in the place of emoji. */
  static String named(String text) {
    if (text.chars().allMatch(c -> c < 128)) {
      return text;
    }
    var named = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var length = emojiAt(text, at);
      if (length == 0) {
        named.append(text.charAt(at));
        at++;
      } else {
        named.append(Objects.requireNonNull(Table.NAMES.get(text.substring(at, at + length))));
        at += length;
      }
    }
    return named.toString();
  }

  /** The length of the longest emoji that begins here; 0 for none. */
  private static int emojiAt(String text, int at) {
    var length = Math.min(Table.LONGEST, text.length() - at);
    while (length > 0 && !Table.NAMES.containsKey(text.substring(at, at + length))) {
      length--;
    }
    return length;
  }

  /** A text that Slack kept, with emoji in the place of their names. */
  static String shown(String text) {
    return text.indexOf(':') < 0
        ? text
        : NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(emoji(name.group())));
  }

  private static String emoji(String name) {
    var whole = Table.BY_NAME.get(name);
    if (whole != null) {
      return whole;
    }
    var second = name.indexOf(':', 1) + 1;
    return second < name.length()
        ? emoji(name.substring(0, second)) + emoji(name.substring(second))
        : name;
  }
}
