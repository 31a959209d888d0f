package dev.parley.domain.message;

import dev.parley.domain.participant.Handle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for mentions on every backend: an {@code @} that does not continue a word, followed
 * by the longest possible handle. {@code mail@example.org} mentions nobody, {@code "see @coder."}
 * mentions coder.
 */
public final class Mentions {

  private Mentions() {}

  /**
   * The mentioned names, each once whatever its case, in order of appearance; linear in the
   * content.
   */
  static List<String> in(String content) {
    var at = content.indexOf('@');
    if (at < 0) {
      return List.of();
    }
    var names = new LinkedHashMap<String, String>();
    for (; at >= 0; at = content.indexOf('@', at + 1)) {
      var name = nameAt(content, at);
      if (!name.isEmpty()) {
        names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      }
    }
    return List.copyOf(names.values());
  }

  /**
   * The content with mentions rewritten, as a platform wants its own to look.
   *
   * @param rewrite what stands for the mention of a name, its {@code @} included; null to leave it
   */
  public static String rewrite(String content, Function<String, @Nullable String> rewrite) {
    var rewritten = new StringBuilder(content.length());
    var done = 0;
    for (var at = content.indexOf('@'); at >= 0; at = content.indexOf('@', at + 1)) {
      var name = nameAt(content, at);
      var instead = name.isEmpty() ? null : rewrite.apply(name);
      if (instead != null) {
        rewritten.append(content, done, at).append(instead);
        done = at + 1 + name.length();
      }
    }
    return rewritten.append(content, done, content.length()).toString();
  }

  private static String nameAt(String content, int at) {
    if (at > 0 && continuesWord(content, at)) {
      return "";
    }
    var name = Handle.longestAt(content, at + 1);
    return Handle.isHandle(name) ? name : "";
  }

  private static boolean continuesWord(String content, int at) {
    var before = content.codePointBefore(at);
    return Character.isLetterOrDigit(before) || "@._-/+".indexOf(before) >= 0;
  }
}
