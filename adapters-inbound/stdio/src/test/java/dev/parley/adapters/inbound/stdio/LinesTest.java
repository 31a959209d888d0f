package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Lines in and out. */
class LinesTest {

  private static List<String> read(BoundedLines lines) throws IOException {
    var read = new ArrayList<String>();
    BoundedLines.Line line;
    while ((line = lines.next()) != null) {
      read.add(
          switch (line) {
            case BoundedLines.Line.Whole whole -> new String(whole.bytes(), StandardCharsets.UTF_8);
            case BoundedLines.Line.TooLong(var bytes) -> "too long: " + bytes;
          });
    }
    return read;
  }

  private static List<String> read(String input, int most) throws IOException {
    return read(
        new BoundedLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), most));
  }

  @Test
  void lines_are_cut_at_their_ends_whatever_lies_between() throws IOException {
    assertThat(read("one\n\ntwo\r\nlast", 10)).containsExactly("one", "", "two\r", "last");
    assertThat(read("", 10)).isEmpty();
  }

  @Test
  void a_line_over_the_limit_is_skipped_to_its_end() throws IOException {
    assertThat(read("12345\n123456\n1\n1234567", 5))
        .containsExactly("12345", "too long: 6", "1", "too long: 7");
  }

  @Test
  void a_long_line_that_trickles_in_takes_time_in_proportion() throws IOException {
    var size = 8 * 1024 * 1024;
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) 'x');
    var trickle =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] into, int from, int count) {
            var n = Math.min(Math.min(count, 256), size - at);
            System.arraycopy(bytes, at, into, from, Math.max(0, n));
            at += n;
            return n == 0 ? -1 : n;
          }
        };
    var start = System.nanoTime();

    assertThat(read(new BoundedLines(trickle, size)).getFirst()).hasSize(size);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void writers_that_write_at_once_write_whole_lines() {
    var out = new ByteArrayOutputStream();
    var writer = new Output(new Dribbling(out), new ObjectMapper());
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 20; i++) {
        var line = String.valueOf((char) ('a' + i)).repeat(500) + "\n";
        var _ =
            writers.submit(() -> {
              for (var n = 0; n < 20; n++) {
                writer.write(to -> to.write(line.getBytes(StandardCharsets.UTF_8)));
              }
              return null;
            });
      }
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(400)
        .allMatch(line -> line.length() == 500 && line.chars().distinct().count() == 1);
  }

  /** Gives other threads their turn in the midst of a line. */
  private static final class Dribbling extends OutputStream {

    private final OutputStream out;

    Dribbling(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      if (b == 'c') {
        LockSupport.parkNanos(1);
      }
    }
  }
}
