package dev.parley.adapters.outbound.zulip;

import dev.parley.domain.participant.Handle;
import java.text.Normalizer;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The handles of people: their full names, with a hyphen for what a handle cannot have. So that
 * {@code @**Grace Hopper|12**} and {@code @Grace-Hopper} mean the same person.
 */
final class MentionNames {

  private static final Pattern MARK = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_IN_HANDLES = Pattern.compile("[^0-9A-Za-z._-]+");
  private static final Pattern EDGES = Pattern.compile("^[._-]+|[._-]+$");
  private static final Pattern NATIVE = Pattern.compile("@\\*\\*([^*|]+)(?:\\|([0-9]+))?\\*\\*");
  // Where Zulip does not take a mention for one.
  private static final Pattern AFTER_A_WORD =
      Pattern.compile("(?<=[^\\s'\"({\\[/<])" + NATIVE.pattern());

  private static final Set<String> WILDCARDS =
      Set.of("all", "everyone", "stream", "channel", "topic");

  private MentionNames() {}

  /** The handle of a person; {@code user12} for a name without any Latin letter or digit. */
  static String handle(String fullName, long userId) {
    var handle = folded(fullName);
    return handle.isEmpty() ? "user" + userId : handle;
  }

  private static String folded(String fullName) {
    var plain = MARK.matcher(Normalizer.normalize(fullName, Normalizer.Form.NFKD)).replaceAll("");
    var joined = NOT_IN_HANDLES.matcher(plain).replaceAll("-");
    var handle = EDGES.matcher(joined).replaceAll("");
    return handle.length() <= Handle.MAX_LENGTH
        ? handle
        : EDGES.matcher(handle.substring(0, Handle.MAX_LENGTH)).replaceAll("");
  }

  /** The native mention of an account, which notifies it. */
  static String mention(String fullName, long userId) {
    return "@**%s|%d**".formatted(fullName, userId);
  }

  /** A text whose native mentions are ones of handles, as agents write them. */
  static String read(String text) {
    return replaced(NATIVE, text);
  }

  /** A text whose native mentions that Zulip would not see are as before. */
  static String withoutVain(String text) {
    return replaced(AFTER_A_WORD, text);
  }

  private static String replaced(Pattern mentions, String text) {
    return mentions.matcher(text).replaceAll(m -> Matcher.quoteReplacement(plain(m)));
  }

  private static String plain(MatchResult mention) {
    var id = mention.group(2);
    var handle =
        id == null ? folded(mention.group(1)) : handle(mention.group(1), Long.parseLong(id));
    return handle.isEmpty() || isWildcard(mention) ? mention.group() : "@" + handle;
  }

  private static boolean isWildcard(MatchResult mention) {
    return mention.group(2) == null && WILDCARDS.contains(mention.group(1));
  }
}
