package dev.parley.adapters.inbound.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A text that stands on the command line, or comes from standard input. */
final class Words {

  private Words() {}

  /** The words as one text; what standard input holds when there are none, or only {@code -}. */
  static String orStandardInput(List<String> words) throws IOException {
    if (!words.isEmpty() && !words.equals(List.of("-"))) {
      return String.join(" ", words);
    }
    var bytes = System.in.readAllBytes();
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // A shell's echo and here-documents end the text with a line end that nobody meant to post.
      return text.replaceFirst("\\R\\z", "");
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "standard input is not UTF-8 text; convert it before posting", e);
    }
  }
}
