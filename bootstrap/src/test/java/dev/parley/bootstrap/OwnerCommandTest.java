package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.state.HashedPassphrase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's passphrase: asked for, hashed, kept, and never shown. */
class OwnerCommandTest {

  private static final String PASSPHRASE = "blau wal rost über";

  @TempDir Path folder;

  @Test
  void a_line_of_input_becomes_a_hash_that_only_its_owner_may_read() throws IOException {
    var set = set(PASSPHRASE + "\r\nmore\n");

    assertThat(set.code()).as(set.err()).isZero();
    assertThat(new HashedPassphrase(Files.readString(hash())).matches(PASSPHRASE)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hash())))
        .isEqualTo("rw-------");
    assertThat(set.out() + set.err()).doesNotContain("blau").doesNotContain("argon2");
    assertThat(folder.toFile().list((_, name) -> name.endsWith(".new"))).isEmpty();
  }

  @Test
  void the_lines_for_the_configuration_are_printed_and_work() throws IOException {
    var set = set(PASSPHRASE);
    assertThat(set.out()).contains("Put this in " + config());
    var lines = set.out().substring(set.out().indexOf("auth:"), set.out().indexOf("\nA running"));

    var parley = new Parley(folder).configured("http: { port: 0 }", lines.replace("\n  ", "\n"));
    var err = folder.resolve("serve.err");
    var server = parley.start(err, "serve", "--http");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(err).content().contains("serving MCP at"));
    server.destroy();
    Parley.codeOf(server);
    assertThat(err).content().doesNotContain("WARN");
  }

  @Test
  void a_configuration_that_names_the_file_before_it_exists_is_served() throws IOException {
    var parley =
        new Parley(folder).configured("auth: { owner: { passphrase_hash: 'file:my.hash' } }");
    var set = parley.runWithInput(PASSPHRASE, "owner", "set-passphrase");

    assertThat(set.code()).as(set.err()).isZero();
    assertThat(folder.resolve("my.hash")).exists();
    assertThat(set.out()).contains("names this file already").doesNotContain("Put this");
  }

  @Test
  void another_file_may_be_named_and_the_configuration_that_names_none_of_it_is_told()
      throws IOException {
    var parley = new Parley(folder).configured("auth: { owner: { passphrase_hash: '${OLD}' } }");
    var set =
        parley.runWithInput(PASSPHRASE, "owner", "set-passphrase", "--file", folder + "/x\"y.hash");

    assertThat(set.code()).as(set.err()).isZero();
    assertThat(folder.resolve("x\"y.hash")).exists();
    assertThat(set.out())
        .contains("Replace auth.owner.passphrase_hash in " + config())
        .contains("passphrase_hash: \"file:x\\\"y.hash\"");
  }

  @Test
  void a_variable_that_wins_over_the_file_is_named() throws IOException {
    var parley =
        new Parley(folder, Map.of("PARLEY_OWNER_PASSPHRASE", "something else")).configured();
    assertThat(parley.runWithInput(PASSPHRASE, "owner", "set-passphrase").out())
        .contains("PARLEY_OWNER_PASSPHRASE is set here")
        .doesNotContain("something else");
  }

  @ParameterizedTest
  @CsvSource({
    "eleven char,     'at least 12 characters, but this one has 11'",
    "'',              'at least 12 characters, but this one has 0'",
    "😀😀😀😀😀😀,    'at least 12 characters, but this one has 6'",
    "tab\there and on, 'no tabs and other control characters'",
  })
  void what_is_no_passphrase_is_refused_with_its_reason(String typed, String reason)
      throws IOException {
    var refused = set(typed);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).startsWith("parley: a passphrase").contains(reason);
    assertThat(hash()).doesNotExist();
  }

  @Test
  void an_input_without_end_is_not_read_to_its_end() throws IOException {
    var refused = set("x".repeat(5_000));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("at most 1,024 bytes");
  }

  @Test
  void a_file_that_is_there_is_replaced_only_on_request() throws IOException {
    Files.writeString(hash(), "precious");
    var refused = set(PASSPHRASE);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("is there already", "--force");
    assertThat(hash()).hasContent("precious");

    assertThat(set(PASSPHRASE, "--force").code()).isZero();
    assertThat(hash()).content().startsWith("$argon2id$");
  }

  @Test
  void a_place_that_cannot_be_written_is_named_before_anybody_types() throws IOException {
    var refused = set(PASSPHRASE, "--file", "absent/owner.hash");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains(folder.resolve("absent/owner.hash") + " cannot be written; make its folder");
    assertThat(set(PASSPHRASE, "--file", ".").err()).contains("is a folder; name a file");
  }

  @Test
  void without_a_configuration_it_points_to_init() {
    var refused = new Parley(folder).runWithInput(PASSPHRASE, "owner", "set-passphrase");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("run 'parley init'");
  }

  @Test
  void the_passphrase_is_no_argument() throws IOException {
    var refused = set("", PASSPHRASE);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(hash()).doesNotExist();
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_terminal_asks_twice_and_shows_nothing_of_it() throws IOException {
    var terminal = terminal();
    terminal.answers("Passphrase, at least 12 characters: ", PASSPHRASE);
    terminal.answers("The same again: ", PASSPHRASE);
    assertThat(terminal.end()).isZero();
    assertThat(terminal.shown()).contains("wrote " + hash()).doesNotContain("blau");
    assertThat(new HashedPassphrase(Files.readString(hash())).matches(PASSPHRASE)).isTrue();
  }

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_terminal_asks_before_a_file_is_replaced_and_takes_no_mismatch() throws IOException {
    Files.writeString(hash(), "precious");
    var refusing = terminal();
    refusing.answers("Replace it? [y/N] ", "n");
    assertThat(refusing.end()).isEqualTo(1);

    var mistyping = terminal();
    mistyping.answers("Replace it? [y/N] ", "y");
    mistyping.answers("Passphrase, at least 12 characters: ", PASSPHRASE);
    mistyping.answers("The same again: ", PASSPHRASE + "s");
    assertThat(mistyping.end()).isEqualTo(1);
    assertThat(mistyping.shown()).contains("the two are not the same");
    assertThat(hash()).hasContent("precious");
  }

  private Parley.Outcome set(String input, String... arguments) throws IOException {
    var command = new String[arguments.length + 2];
    command[0] = "owner";
    command[1] = "set-passphrase";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return new Parley(folder).configured().runWithInput(input, command);
  }

  private Terminal terminal() throws IOException {
    return new Terminal(new Parley(folder).configured().startOnTerminal("owner", "set-passphrase"));
  }

  private Path hash() {
    return folder.resolve("owner.hash");
  }

  private Path config() {
    return folder.resolve("parley.config.yaml");
  }

  /** A person at a terminal, who types when asked. */
  private record Terminal(Process process, StringBuilder screen) {

    Terminal(Process process) {
      this(process, new StringBuilder());
    }

    void answers(String question, String answer) throws IOException {
      var in = process.getInputStream();
      while (screen.indexOf(question) < 0) {
        screen.append(next(in));
      }
      screen
          .append('\n')
          .replace(0, screen.length(), screen.toString().replace(question, "(asked) "));
      process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    private String next(InputStream in) throws IOException {
      var b = in.read();
      if (b < 0) {
        throw new AssertionError("the program ended; the screen shows: " + screen);
      }
      return new String(new byte[] {(byte) b}, StandardCharsets.ISO_8859_1);
    }

    int end() throws IOException {
      screen.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      return Parley.codeOf(process);
    }

    String shown() {
      return screen.toString();
    }
  }
}
