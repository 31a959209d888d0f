package dev.parley.bootstrap;

import dev.parley.adapters.inbound.cli.Colours;
import dev.parley.adapters.inbound.cli.OptionValues;
import dev.parley.adapters.inbound.cli.PersonalCommands;
import dev.parley.bootstrap.backends.BackendsCommand;
import dev.parley.bootstrap.demo.DemoCommand;
import dev.parley.bootstrap.doctor.DoctorCommand;
import dev.parley.bootstrap.init.InitCommand;
import dev.parley.bootstrap.instance.ConfiguredSeats;
import dev.parley.bootstrap.logging.LogFormat;
import dev.parley.bootstrap.owner.OwnerCommand;
import dev.parley.bootstrap.serve.ServeCommand;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Every command of the program. */
final class Commands {

  private Commands() {}

  static int run(String[] args) {
    var parley = new CommandLine(new ParleyCommand());
    parley.addSubcommand(new ServeCommand());
    parley.addSubcommand(new InitCommand());
    parley.addSubcommand(new DemoCommand());
    parley.addSubcommand(new DoctorCommand());
    parley.addSubcommand(new OwnerCommand());
    PersonalCommands.addTo(parley, new ConfiguredSeats());
    parley.addSubcommand(new BackendsCommand());
    parley.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    OptionValues.readWholeNumbers(parley);
    OptionValues.readWords(parley, LogFormat.class);
    return parley
        .setColorScheme(CommandLine.Help.defaultColorScheme(Colours.ansi()))
        .setExecutionExceptionHandler((failure, _, _) -> Failure.report(failure))
        .execute(args);
  }
}
