package dev.parley.bootstrap.owner;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns the owner of a server for chat connectors. */
@Command(
    name = "owner",
    description = "Set up whom the server for chat connectors belongs to.",
    subcommands = SetPassphraseCommand.class,
    mixinStandardHelpOptions = true)
public final class OwnerCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
