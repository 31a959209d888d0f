package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOffId;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Work that is handed over, as a person sees and changes it. */
@Command(description = "Show and change work that is handed over.", mixinStandardHelpOptions = true)
final class HandOffCommands implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  private HandOffCommands() {}

  /** The command with its subcommands. */
  static CommandLine over(Seats seats) {
    var handOffs = new CommandLine(new HandOffCommands());
    handOffs.addSubcommand("list", new ListHandOffsCommand(seats));
    handOffs.addSubcommand("show", new ShowHandOffCommand(seats));
    handOffs.addSubcommand("offer", new OfferCommand(seats));
    act(handOffs, seats, "claim", "Take work that is offered.", Act.Claim::new);
    act(handOffs, seats, "progress", "Say how far your work is.", Act.Progress::new);
    act(handOffs, seats, "done", "Say that your work is done, with its result.", Act.Done::new);
    act(handOffs, seats, "decline", "Refuse work, or give it back.", Act.Decline::new);
    act(handOffs, seats, "release", "Open claimed or done work again.", Act.Release::new);
    act(handOffs, seats, "cancel", "Take an offer back.", Act.Cancel::new);
    return handOffs;
  }

  private static void act(
      CommandLine handOffs,
      Seats seats,
      String name,
      String description,
      BiFunction<HandOffId, String, Act> act) {
    var command = new CommandLine(new ActCommand(seats, act));
    command.getCommandSpec().usageMessage().description(description);
    handOffs.addSubcommand(name, command);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: " + String.join(", ", spec.subcommands().keySet()));
  }
}
