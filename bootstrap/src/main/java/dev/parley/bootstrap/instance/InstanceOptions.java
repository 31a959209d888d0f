package dev.parley.bootstrap.instance;

import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.bootstrap.config.ConfigurationReader;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.logging.StderrLogging;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration an instance runs with. */
public final class InstanceOptions {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The configuration file; default: $PARLEY_CONFIG, else parley.config.yaml.")
  @Nullable String config;

  @Option(
      names = "--handle",
      paramLabel = "HANDLE",
      description = "Overrides identity.handle of the file and $PARLEY_HANDLE.")
  @Nullable String handle;

  @Option(
      names = "--verbose",
      description = "Log what happens, on standard error; $PARLEY_LOG sets a level.")
  boolean verbose;

  /** The file as the user named it, or null. */
  public @Nullable String config() {
    return config;
  }

  /** The overriding handle, or null. */
  public @Nullable String handle() {
    return handle;
  }

  /** Whether to log what happens. */
  public boolean verbose() {
    return verbose;
  }

  /** The configuration that the options name. */
  public ConfigurationFile read() throws ConfigurationRefused {
    if (verbose) {
      StderrLogging.beVerbose();
    }
    return ConfigurationReader.ofThisProcess().read(config, handle);
  }
}
