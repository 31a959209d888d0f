package dev.parley.bootstrap;

import dev.parley.adapters.inbound.cli.SeatRefused;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException;
import dev.parley.ports.StateUnavailable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in one sentence, and never with a stack trace. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    return switch (failure) {
      case ConfigurationRefused refused -> say(refused, ExitCode.USAGE);
      case SeatRefused refused -> say(refused, ExitCode.USAGE);
      case IllegalArgumentException wrong -> say(wrong, ExitCode.USAGE);
      case TopicRefused refused -> say(refused, ExitCode.SOFTWARE);
      case BackendException backend -> say(backend, ExitCode.SOFTWARE);
      case StateUnavailable state -> say(state, ExitCode.SOFTWARE);
      default -> {
        LoggerFactory.getLogger(Failures.class).debug("Unexpected failure", failure);
        yield say(
            new IllegalStateException(
                "unexpected failure (%s); PARLEY_LOG=debug shows more"
                    .formatted(failure.getClass().getSimpleName())),
            ExitCode.SOFTWARE);
      }
    };
  }

  private static int say(Exception failure, int code) {
    String.valueOf(failure.getMessage())
        .lines()
        .forEach(line -> System.err.println("parley: " + line));
    return code;
  }
}
