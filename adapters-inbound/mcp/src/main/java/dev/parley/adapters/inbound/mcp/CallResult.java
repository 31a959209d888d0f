package dev.parley.adapters.inbound.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The message that answers {@code tools/call}. A page may be long and stands in its message twice,
 * once as text and once as JSON, so the message is put together from bytes and not written by the
 * mapper.
 */
public final class CallResult {

  private static final byte[] CONTENT = ascii("\"content\":[{\"type\":\"text\",\"text\":\"");
  private static final int AROUND = 256;
  private static final int LONGEST_ESCAPE = 6;
  private static final byte[] CONTROL_ESCAPE = "\\u0000".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int PIECE = 4_096;

  private byte[] bytes;
  private int end;

  private CallResult(int capacity) {
    this.bytes = new byte[capacity];
  }

  /**
   * Writes a message.
   *
   * @param before its beginning up to and with the brace that opens the result, and members of the
   *     result, each with a comma after it
   * @param after what closes the result and the message
   */
  public static byte[] of(byte[] before, Answer answer, byte[] after) {
    var text = answer.utf8();
    var message =
        new CallResult(2 * text.length + text.length / 4 + before.length + after.length + AROUND);
    message.add(before);
    var content = answer.content();
    if (content == null) {
      message.add(CONTENT);
      message.addEscaped(text);
      message.add(ascii("\"}],"));
    } else {
      message.add(ascii("\"content\":"));
      message.add(content);
      message.add(ascii(","));
    }
    message.add(ascii("\"isError\":" + answer.error()));
    if (!answer.error() && content == null) {
      message.add(ascii(",\"structuredContent\":"));
      message.add(text);
    }
    message.add(after);
    return Arrays.copyOf(message.bytes, message.end);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void add(byte[] part) {
    makeRoom(part.length);
    System.arraycopy(part, 0, bytes, end, part.length);
    end += part.length;
  }

  private void makeRoom(int length) {
    if (bytes.length - end < length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + length));
    }
  }

  private void addEscaped(byte[] text) {
    for (var from = 0; from < text.length; from += PIECE) {
      var piece = Math.min(PIECE, text.length - from);
      makeRoom(LONGEST_ESCAPE * piece);
      end = escape(text, from, from + piece, bytes, end);
    }
  }

  private static int escape(byte[] text, int from, int until, byte[] to, int at) {
    var next = at;
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
