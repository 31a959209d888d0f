package dev.parley.conformance.reference;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One line of texts, percent-encoded and separated by blanks: the journal and the wire use it. */
public final class Fields {

  private Fields() {}

  /** The texts as a line. */
  public static String line(Object... texts) {
    return line(Arrays.asList(texts));
  }

  /** The texts as a line. */
  public static String line(List<?> texts) {
    return texts.stream()
        .map(text -> "." + URLEncoder.encode(text.toString(), StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  /** The texts of a line. */
  public static List<String> of(String line) {
    return Arrays.stream(line.split(" ", -1))
        .map(word -> URLDecoder.decode(word.substring(1), StandardCharsets.UTF_8))
        .toList();
  }
}
