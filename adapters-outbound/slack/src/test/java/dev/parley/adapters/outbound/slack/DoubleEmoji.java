package dev.parley.adapters.outbound.slack;

import java.util.LinkedHashMap;
import java.util.Map;

/** The double's own table, from Slack's names, of the emoji that tests post. */
final class DoubleEmoji {

  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("\ud83d\udc69\u200d\ud83d\udcbb", ":female-technologist:");
    NAMES.put("\ud83c\uddfa\ud83c\uddf3", ":flag-un:");
    NAMES.put("\ud83d\udc4d\ud83c\udffd", ":+1::skin-tone-4:");
    NAMES.put("\u263a\ufe0f", ":relaxed:");
    NAMES.put("\ud83d\ude00", ":grinning:");
    NAMES.put("\ud83d\udc4d", ":+1:");
    NAMES.put("\ud83c\udf89", ":tada:");
  }

  private DoubleEmoji() {}

  /** A text as Slack keeps it: emoji by name, without blanks at its ends, one kind of line end. */
  static String kept(String text) {
    var kept = text;
    for (var entry : NAMES.entrySet()) {
      kept = kept.replace(entry.getKey(), entry.getValue());
    }
    return kept.replace("\r\n", "\n").replace('\r', '\n').strip();
  }
}
