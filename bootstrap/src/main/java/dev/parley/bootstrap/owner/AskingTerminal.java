package dev.parley.bootstrap.owner;

import java.io.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** A person at a terminal, which does not show what is typed. */
record AskingTerminal(Console console) implements Asking {

  @Override
  public boolean mayReplace(Path file) {
    var answer = console.readLine("%s is there already. Replace it? [y/N] ", file);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  @Override
  public String passphrase() throws NotSet {
    var first = ask("Passphrase, at least %d characters: ".formatted(Passphrases.SHORTEST));
    Passphrases.requireFit(first);
    if (!ask("The same again: ").equals(first)) {
      throw new NotSet("the two are not the same, so nothing was written; try again");
    }
    return first;
  }

  private String ask(String question) throws NotSet {
    var typed = console.readPassword("%s", question);
    if (typed == null) {
      throw new NotSet("nothing was entered, so nothing was written");
    }
    var text = new String(typed);
    Arrays.fill(typed, ' ');
    return text;
  }
}
