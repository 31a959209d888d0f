package dev.parley.adapters.inbound.planted;

import dev.parley.architecture.Breaks;
import java.util.logging.Logger;

@Breaks("loggingGoesThroughSlf4j")
final class LogsByJavaUtilLogging {
  private final Logger logger = Logger.getLogger("planted");

  Logger logger() {
    return logger;
  }
}
