package dev.parley.adapters.inbound.cli;

import java.io.Console;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** Colours only where a person looks at a terminal and has not asked for none. */
public final class Colours {

  private Colours() {}

  /** On or off for this process. */
  public static Ansi ansi() {
    var wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return wanted && isTerminal() ? Ansi.ON : Ansi.OFF;
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
