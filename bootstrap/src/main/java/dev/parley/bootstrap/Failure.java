package dev.parley.bootstrap;

import dev.parley.adapters.inbound.cli.HandOffUnknown;
import dev.parley.adapters.inbound.cli.SeatRefused;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.logging.Notices;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException;
import dev.parley.ports.StateUnavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Says why a command failed: in one sentence, and never with a stack trace. */
final class Failure {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private Failure() {}

  /** Says it on stderr; gives the exit code. */
  static int report(Exception failure) {
    return switch (failure) {
      case ConfigurationRefused _, SeatRefused _, IllegalArgumentException _ ->
          say(failure.getMessage(), WRONG_USAGE);
      case BackendException.Misconfigured misconfigured ->
          say(misconfigured.getMessage(), WRONG_USAGE);
      case HandOffUnknown _, TopicRefused _, BackendException _, StateUnavailable _ ->
          say(failure.getMessage(), FAILED);
      default -> {
        LoggerFactory.getLogger(Failure.class).debug("Unexpected failure", failure);
        yield say(
            "unexpected failure (%s); PARLEY_LOG=debug shows more"
                .formatted(failure.getClass().getSimpleName()),
            FAILED);
      }
    };
  }

  private static int say(@Nullable String sentences, int code) {
    String.valueOf(sentences).lines().forEach(line -> Notices.fail(line));
    return code;
  }
}
