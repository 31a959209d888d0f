package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.server.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The vendor's own client, as a person or a script uses it. */
record RedisCli(int port) {

  /** Runs one command and gives its raw reply without the last line end; errors are replies. */
  String run(String... words) {
    return pipe(line(words) + "\n", "--raw");
  }

  /** Runs one command whose last argument is large. */
  String runWithLast(byte[] last, String... words) {
    var options = new ArrayList<>(List.of("-x"));
    options.addAll(List.of(words));
    return pipe(last, options.toArray(String[]::new));
  }

  /** Runs one of its own tools, such as {@code --cluster create}. */
  String tool(String... options) {
    return pipe("", options);
  }

  /** One command as it is typed, with everything escaped that is not printable ASCII. */
  static String line(String... words) {
    var line = new StringBuilder();
    for (var word : words) {
      line.append('"');
      for (var b : word.getBytes(StandardCharsets.UTF_8)) {
        var c = b & 0xff;
        if (c > ' ' && c < 0x7f && c != '"' && c != '\\') {
          line.append((char) c);
        } else {
          line.append("\\x%02x".formatted(c));
        }
      }
      line.append("\" ");
    }
    return line.toString();
  }

  /** Runs what is typed, a command in each line; quoting and escapes are those of redis-cli. */
  String type(String lines) {
    return pipe(lines + "\n", "--raw");
  }

  private String pipe(String input, String... options) {
    return pipe(input.getBytes(StandardCharsets.UTF_8), options);
  }

  private String pipe(byte[] input, String... options) {
    var words =
        Program.installed("redis-cli", "redis-tools")
            .with("-h", "127.0.0.1", "-p", Integer.toString(port));
    words.addAll(List.of(options));
    try {
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      var writing = Thread.ofVirtual().start(() -> write(input, process));
      var output = process.getInputStream().readAllBytes();
      writing.join();
      return new String(output, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(byte[] input, Process process) {
    try (var in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
