package dev.parley.bootstrap.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain arguments of serve are read without the command line library; all else is left to it. */
class ServeArgumentsTest {

  @Test
  void plain_options_are_read() {
    assertThat(plain("serve")).contains(new ServeArguments(null, null, false));
    assertThat(plain("serve --config a.yaml --handle coder --verbose"))
        .contains(new ServeArguments("a.yaml", "coder", true));
    assertThat(plain("serve -c a.yaml")).contains(new ServeArguments("a.yaml", null, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor",
        "--version",
        "serve --help",
        "serve --http",
        "serve --config",
        "serve --config --handle x",
        "serve --config=a.yaml",
        "serve -c a -c b",
        "serve x"
      })
  void anything_else_is_left_to_the_library(String line) {
    assertThat(plain(line)).isEmpty();
  }

  private static Optional<ServeArguments> plain(String line) {
    return ServeArguments.plain(line.split(" ", -1));
  }
}
