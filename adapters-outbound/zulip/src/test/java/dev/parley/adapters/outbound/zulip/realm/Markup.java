package dev.parley.adapters.outbound.zulip.realm;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What Zulip does to the content of a message, and whom it notifies. */
final class Markup {

  private static final String BEFORE = "(?<![^\\s'\"({\\[/<])";
  private static final Pattern MENTION = Pattern.compile(BEFORE + "@(_?)\\*\\*([^*]+)\\*\\*");
  private static final Pattern GROUP = Pattern.compile(BEFORE + "@(_?)\\*([^*]+)\\*");
  private static final Pattern NAME_AND_ID = Pattern.compile("(.+)?\\|([0-9]+)");
  private static final Pattern IMAGE =
      Pattern.compile("https?://\\S+\\.(?:png|jpe?g|gif|webp)\\b", Pattern.CASE_INSENSITIVE);
  private static final Set<String> WILDCARDS =
      Set.of("all", "everyone", "stream", "channel", "topic");
  private static final String CUT_OFF = "\n[message truncated]";

  private Markup() {}

  /** The content as it is stored: without blanks at its end, cut off at the longest. */
  static String normalized(String content, int longest) {
    var end = content.length();
    while (end > 0 && isBlank(content.charAt(end - 1))) {
      end--;
    }
    var start = 0;
    while (start < end && content.charAt(start) == '\n') {
      start++;
    }
    var body = content.substring(start, end);
    if (body.codePointCount(0, body.length()) <= longest) {
      return body;
    }
    var kept = body.offsetByCodePoints(0, longest - CUT_OFF.length());
    return body.substring(0, kept) + CUT_OFF;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** The ids of those who are notified. */
  static Set<Long> notified(String content, Collection<Account> accounts, Set<Long> subscribers) {
    var notified = new HashSet<Long>();
    var mention = MENTION.matcher(content);
    while (mention.find()) {
      if (mention.group(1).isEmpty()) {
        if (WILDCARDS.contains(mention.group(2))) {
          notified.addAll(subscribers);
        }
        accounts.stream()
            .filter(account -> means(mention.group(2), account))
            .forEach(account -> notified.add(account.id()));
      }
    }
    var group = GROUP.matcher(content);
    while (group.find()) {
      if (group.group(1).isEmpty()) {
        notified.addAll(subscribers);
      }
    }
    return notified;
  }

  // By name and id the name has to be exact, by the name alone the case does not matter.
  private static boolean means(String text, Account account) {
    var both = NAME_AND_ID.matcher(text);
    if (both.matches()) {
      return account.id() == Long.parseLong(both.group(2))
          && (both.group(1) == null || both.group(1).equals(account.fullName()));
    }
    return account.fullName().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
  }

  /** How many previews people are shown: of images only, unless the organization wants all. */
  static int previews(String content) {
    return (int) IMAGE.matcher(content).results().count();
  }
}
