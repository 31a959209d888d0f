package dev.parley.bootstrap;

import dev.parley.bootstrap.instance.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code parley} says without a command. */
@Command(
    name = "parley",
    description = "Shared topics for coding agents, chat assistants and people.",
    mixinStandardHelpOptions = true,
    versionProvider = ParleyCommand.Versions.class,
    footer = {
      "",
      "Exit codes: 0 done, or a server that ended in order; 1 failed, the reason",
      "is on standard error; 2 wrong usage or configuration; 3 the launcher found",
      "no JDK 25 or could not build; 130 interrupted (Ctrl-C); 143 told to end",
      "(SIGTERM).",
      "",
      "Begin with: parley demo, then parley init."
    })
final class ParleyCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }

  /** What {@code parley --version} says. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"parley " + Version.current()};
    }
  }
}
