package dev.parley.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Locale;

/**
 * Sets logback up without a file: to stderr, since stdout may be the protocol. Found by {@link
 * java.util.ServiceLoader}.
 */
public final class StderrLogging extends ContextAwareBase implements Configurator {

  private static final String LEVEL = "parley.log";
  private static final String VARIABLE = "PARLEY_LOG";
  private static final List<String> LEVELS =
      List.of("off", "error", "warn", "info", "debug", "trace");

  /** Logs what happens from now on; to be called before anything is logged. */
  public static void beVerbose() {
    System.setProperty(LEVEL, "debug");
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var json = LogFormat.inUse() == LogFormat.JSON;
    var encoder = json ? lines() : sentences();
    encoder.setContext(context);
    encoder.start();
    var stderr = new ConsoleAppender<ILoggingEvent>();
    stderr.setContext(context);
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(stderr);
    var verbose = System.getProperty(LEVEL);
    var wanted = verbose == null ? System.getenv().getOrDefault(VARIABLE, "") : verbose;
    var asked = isLevel(wanted) ? wanted : null;
    var level = Level.toLevel(asked, json ? Level.INFO : Level.WARN);
    // A library's debug messages are for its authors; Parley's own are what PARLEY_LOG is about.
    var quietest = asked == null ? Level.WARN : Level.INFO;
    root.setLevel(level.isGreaterOrEqual(quietest) ? level : quietest);
    context.getLogger("dev.parley").setLevel(level);
    if (asked == null) {
      // They log each lost connection; the Discord and PostgreSQL backends say what is wrong.
      context.getLogger("net.dv8tion.jda").setLevel(Level.OFF);
      context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
    }
    if (asked == null && !wanted.isBlank()) {
      context
          .getLogger(StderrLogging.class)
          .warn(
              "{} is '{}', but must be one of {}, so it has no effect",
              VARIABLE,
              wanted,
              String.join(", ", LEVELS));
    }
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean isLevel(String word) {
    return LEVELS.contains(word.toLowerCase(Locale.ROOT));
  }

  private static Encoder<ILoggingEvent> sentences() {
    var encoder = new PatternLayoutEncoder();
    encoder.setPattern("parley: %level %msg [%logger{0}]%n%ex{0}");
    return encoder;
  }

  /** One object a line, with the message as it reads and without what it was made from. */
  private static Encoder<ILoggingEvent> lines() {
    var encoder = new JsonEncoder();
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    return encoder;
  }
}
