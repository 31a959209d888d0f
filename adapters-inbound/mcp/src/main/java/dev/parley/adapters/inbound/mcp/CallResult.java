package dev.parley.adapters.inbound.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The message that answers {@code tools/call}. A page may be long and stands in its message twice,
 * once as text and once as JSON, so the message is put together from bytes and not written by the
 * mapper, and it is written piece by piece.
 */
public final class CallResult {

  private static final byte[] TEXT = ascii("\"content\":[{\"type\":\"text\",\"text\":\"");
  private static final byte[] END_OF_TEXT = ascii("\"}],");
  private static final byte[] CONTENT = ascii("\"content\":");
  private static final byte[] COMMA = ascii(",");
  private static final byte[] STRUCTURED = ascii(",\"structuredContent\":");
  private static final byte[] CONTROL_ESCAPE = ascii("\\u0000");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final int LONGEST_ESCAPE = 6;
  private static final int PIECE = 4_096;
  private static final int AROUND = 256;

  private final byte[] before;
  private final Answer answer;
  private final byte[] after;

  /**
   * A message.
   *
   * @param before its beginning up to and with the brace that opens the result, and members of the
   *     result, each with a comma after it
   * @param after what closes the result and the message
   */
  public CallResult(byte[] before, Answer answer, byte[] after) {
    this.before = before;
    this.answer = answer;
    this.after = after;
  }

  /** Writes it in UTF-8, in many small pieces. */
  public void writeTo(OutputStream out) throws IOException {
    var text = answer.utf8();
    var content = answer.content();
    out.write(before);
    if (content == null) {
      out.write(TEXT);
      writeEscaped(text, out);
      out.write(END_OF_TEXT);
    } else {
      out.write(CONTENT);
      out.write(content);
      out.write(COMMA);
    }
    out.write(ascii("\"isError\":" + answer.error()));
    if (!answer.error() && content == null) {
      out.write(STRUCTURED);
      out.write(text);
    }
    out.write(after);
  }

  /** The whole of it in UTF-8. */
  public byte[] bytes() {
    var length = answer.utf8().length;
    var bytes = new ByteArrayOutputStream(2 * length + length / 4 + before.length + AROUND);
    try {
      writeTo(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void writeEscaped(byte[] text, OutputStream out) throws IOException {
    var piece = new byte[LONGEST_ESCAPE * Math.min(PIECE, text.length)];
    for (var from = 0; from < text.length; from += PIECE) {
      out.write(piece, 0, escape(text, from, Math.min(text.length, from + PIECE), piece));
    }
  }

  private static int escape(byte[] text, int from, int until, byte[] to) {
    var next = 0;
    for (var i = from; i < until; i++) {
      var b = text[i];
      if (b == '"' || b == '\\') {
        to[next++] = '\\';
        to[next++] = b;
      } else if (b < 0 || b >= ' ') {
        to[next++] = b;
      } else {
        next += escapeControl(b, to, next);
      }
    }
    return next;
  }

  private static int escapeControl(byte b, byte[] to, int at) {
    System.arraycopy(CONTROL_ESCAPE, 0, to, at, LONGEST_ESCAPE);
    to[at + 4] = HEX[b >> 4];
    to[at + 5] = HEX[b & 0xf];
    return LONGEST_ESCAPE;
  }
}
