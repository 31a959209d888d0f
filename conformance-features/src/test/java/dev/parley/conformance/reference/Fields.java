package dev.parley.conformance.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line of texts, separated by tabs: the journal and the wire use it. What is put in a line may
 * be a line itself, so only what texts seldom have is escaped: ordinary ones keep their length.
 */
public final class Fields {

  private static final String SPECIAL = "\\\t\n\r";
  private static final String LETTERS = "\\tnr";

  private Fields() {}

  /** The texts as a line. */
  public static String line(Object... texts) {
    return line(Arrays.asList(texts));
  }

  /** The texts as a line. */
  public static String line(List<?> texts) {
    return texts.stream().map(text -> escaped(text.toString())).collect(Collectors.joining("\t"));
  }

  /** The texts of a line. */
  public static List<String> of(String line) {
    return Arrays.stream(line.split("\t", -1)).map(Fields::unescaped).toList();
  }

  private static String escaped(String text) {
    var line = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var special = SPECIAL.indexOf(text.charAt(i));
      if (special < 0) {
        line.append(text.charAt(i));
      } else {
        line.append('\\').append(LETTERS.charAt(special));
      }
    }
    return line.toString();
  }

  private static String unescaped(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    var text = new StringBuilder(word.length());
    for (var i = 0; i < word.length(); i++) {
      text.append(
          word.charAt(i) == '\\'
              ? SPECIAL.charAt(LETTERS.indexOf(word.charAt(++i)))
              : word.charAt(i));
    }
    return text.toString();
  }
}
