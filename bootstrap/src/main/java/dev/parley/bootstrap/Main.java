package dev.parley.bootstrap;

import dev.parley.bootstrap.serve.ServeArguments;
import dev.parley.bootstrap.serve.StdioSession;

/**
 * The program: {@code parley COMMAND ...}.
 *
 * <p>An agent that starts {@code parley serve} waits for it, and most of a start is loading
 * classes: plain arguments of {@code serve} are read here, and only other commands, help and
 * mistakes load the command line library (its class files are too old for the start-up cache).
 */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String[] args) {
    var serve = ServeArguments.plain(args);
    return serve.isPresent() ? serve(serve.get()) : Commands.run(args);
  }

  private static int serve(ServeArguments arguments) {
    try {
      return StdioSession.run(arguments);
    } catch (Exception e) {
      return Failure.report(e);
    }
  }
}
