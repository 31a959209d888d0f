package dev.parley.bootstrap.owner;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the passphrase comes from. */
interface Asking {

  /** The terminal, or standard input where there is none. */
  static Asking ofThisProcess() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .<Asking>map(AskingTerminal::new)
        .orElseGet(() -> new AskingInput(System.in));
  }

  /**
   * Whether a file may be replaced.
   *
   * @throws NotSet when nobody can be asked
   */
  boolean mayReplace(Path file) throws NotSet;

  /**
   * The passphrase.
   *
   * @throws NotSet when there is none, or it is not fit to be one
   * @throws IOException when the input fails
   */
  String passphrase() throws NotSet, IOException;
}
