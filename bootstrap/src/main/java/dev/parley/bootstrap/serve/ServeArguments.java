package dev.parley.bootstrap.serve;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code parley serve} is told.
 *
 * @param config the configuration file as the user named it, or null for the usual one
 * @param handle overrides the handle of the configuration, or null
 * @param verbose whether to log what happens
 */
public record ServeArguments(@Nullable String config, @Nullable String handle, boolean verbose) {

  /** Reads a command line that is {@code serve} with plain options; gives up on anything else. */
  public static Optional<ServeArguments> plain(String[] args) {
    if (args.length == 0 || !args[0].equals("serve")) {
      return Optional.empty();
    }
    String config = null;
    String handle = null;
    var verbose = false;
    for (var i = 1; i < args.length; i++) {
      var value = i + 1 < args.length && !args[i + 1].startsWith("-") ? args[i + 1] : null;
      if (args[i].equals("--verbose")) {
        verbose = true;
      } else if (value != null && config == null && isConfig(args[i])) {
        config = value;
        i++;
      } else if (value != null && handle == null && args[i].equals("--handle")) {
        handle = value;
        i++;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new ServeArguments(config, handle, verbose));
  }

  private static boolean isConfig(String option) {
    return option.equals("-c") || option.equals("--config");
  }
}
