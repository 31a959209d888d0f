package dev.parley.bootstrap;

import dev.parley.adapters.inbound.cli.Colours;
import dev.parley.adapters.inbound.cli.PersonalCommands;
import dev.parley.bootstrap.backends.BackendsCommand;
import dev.parley.bootstrap.demo.DemoCommand;
import dev.parley.bootstrap.doctor.DoctorCommand;
import dev.parley.bootstrap.init.InitCommand;
import dev.parley.bootstrap.instance.ConfiguredSeats;
import dev.parley.bootstrap.serve.ServeCommand;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The program: {@code parley COMMAND ...}. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String[] args) {
    var command = isServe(args) ? new CommandLine(new ServeCommand()) : commands();
    var rest = isServe(args) ? Arrays.copyOfRange(args, 1, args.length) : args;
    return command
        .setColorScheme(CommandLine.Help.defaultColorScheme(Colours.ansi()))
        .setExecutionExceptionHandler(new Failures())
        .execute(rest);
  }

  /** A session is started by an agent that waits for it: nothing but its own command is loaded. */
  private static boolean isServe(String[] args) {
    return args.length > 0
        && args[0].equals("serve")
        && !List.of(args).contains("--help")
        && !List.of(args).contains("-h");
  }

  private static CommandLine commands() {
    var parley = new CommandLine(new ParleyCommand());
    parley.addSubcommand(new ServeCommand());
    parley.addSubcommand(new InitCommand());
    parley.addSubcommand(new DemoCommand());
    parley.addSubcommand(new DoctorCommand());
    PersonalCommands.addTo(parley, new ConfiguredSeats());
    parley.addSubcommand(new BackendsCommand());
    parley.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    return parley;
  }
}
