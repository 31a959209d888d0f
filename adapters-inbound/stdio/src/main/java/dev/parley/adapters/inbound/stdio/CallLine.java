package dev.parley.adapters.inbound.stdio;

import dev.parley.adapters.inbound.mcp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The line that answers {@code tools/call}. A page may be long and stands in its line twice, once
 * as text and once as JSON, so the line is put together from bytes and not written by the mapper.
 */
final class CallLine {

  private static final byte[] CONTENT =
      ascii(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"");
  private static final int AROUND = 256;
  private static final int LONGEST_ESCAPE = 6;
  private static final int PIECE = 4_096;

  private byte[] bytes;
  private int end;

  private CallLine(int capacity) {
    this.bytes = new byte[capacity];
  }

  /**
   * Writes a result.
   *
   * @param id of the request, as JSON
   * @return the line with its end
   */
  static byte[] of(byte[] id, Answer answer) {
    var text = answer.utf8();
    var line = new CallLine(2 * text.length + text.length / 4 + id.length + AROUND);
    line.add(ascii("{\"jsonrpc\":\"2.0\",\"id\":"));
    line.add(id);
    line.add(CONTENT);
    line.addEscaped(text);
    line.add(ascii("\"}],\"isError\":" + answer.error()));
    if (!answer.error()) {
      line.add(ascii(",\"structuredContent\":"));
      line.add(text);
    }
    line.add(ascii("}}\n"));
    return Arrays.copyOf(line.bytes, line.end);
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
    var escape = "\\u%04x".formatted(b).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(escape, 0, to, at, LONGEST_ESCAPE);
    return LONGEST_ESCAPE;
  }
}
