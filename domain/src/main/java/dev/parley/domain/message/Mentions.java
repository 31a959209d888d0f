package dev.parley.domain.message;

import dev.parley.domain.participant.Handle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * The one rule for mentions on every backend: an {@code @} that does not continue a word, followed
 * by the longest possible handle. {@code mail@example.org} mentions nobody, {@code "see @coder."}
 * mentions coder.
 */
final class Mentions {

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
      if (at > 0 && continuesWord(content, at)) {
        continue;
      }
      var name = Handle.longestAt(content, at + 1);
      if (Handle.isHandle(name)) {
        names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      }
    }
    return List.copyOf(names.values());
  }

  private static boolean continuesWord(String content, int at) {
    var before = content.codePointBefore(at);
    return Character.isLetterOrDigit(before) || "@._-/+".indexOf(before) >= 0;
  }
}
