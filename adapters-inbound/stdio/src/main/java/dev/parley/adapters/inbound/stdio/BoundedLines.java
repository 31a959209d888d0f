package dev.parley.adapters.inbound.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes of a bounded length: what is longer is skipped to its end, not kept. */
final class BoundedLines {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final int mostBytes;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;

  BoundedLines(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /** A line as it was read. */
  sealed interface Line {

    /** The bytes of a line without its end. */
    final class Whole implements Line {

      private final byte[] bytes;

      private Whole(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    /** A line that was too long; its bytes are gone. */
    record TooLong(long bytes) implements Line {}
  }

  /** The next line, or null at the end of input; the last line may lack its end. */
  @Nullable Line next() throws IOException {
    var line = new ByteArrayOutputStream();
    long length = 0;
    while (true) {
      if (start == end && !fill()) {
        return length == 0 ? null : lineOf(line, length);
      }
      var lineEnd = indexOfLineEnd();
      var until = lineEnd < 0 ? end : lineEnd;
      if (length + until - start <= mostBytes) {
        line.write(buffer, start, until - start);
      } else {
        line = new ByteArrayOutputStream();
      }
      length += until - start;
      start = until;
      if (lineEnd >= 0) {
        start++;
        return lineOf(line, length);
      }
    }
  }

  /** Whether some of the next line was read already. */
  boolean hasBuffered() {
    return start < end;
  }

  private Line lineOf(ByteArrayOutputStream line, long length) {
    return length > mostBytes ? new Line.TooLong(length) : new Line.Whole(line.toByteArray());
  }

  private boolean fill() throws IOException {
    start = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private int indexOfLineEnd() {
    for (var i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
