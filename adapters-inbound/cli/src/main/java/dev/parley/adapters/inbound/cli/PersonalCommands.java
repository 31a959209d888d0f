package dev.parley.adapters.inbound.cli;

import dev.parley.domain.handoff.HandOffState;
import picocli.CommandLine;

/** The commands of a person at the terminal. */
public final class PersonalCommands {

  private PersonalCommands() {}

  /** Adds {@code post}, {@code fetch}, {@code tail}, {@code users} and {@code hand-offs}. */
  public static void addTo(CommandLine parley, Seats seats) {
    parley.addSubcommand("post", new PostCommand(seats));
    parley.addSubcommand("fetch", new FetchCommand(seats));
    parley.addSubcommand("tail", new TailCommand(seats));
    parley.addSubcommand("hand-offs", HandOffCommands.over(seats));
    parley.addSubcommand("users", new UsersCommand(seats));
    OptionValues.readWords(parley, HandOffState.Kind.class);
  }
}
