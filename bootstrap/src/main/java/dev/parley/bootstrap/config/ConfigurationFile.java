package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that was read and found sound.
 *
 * @param path where it is, absolute
 * @param plugin the backend's, whose complaints about a setting name file and line
 * @param warnings what works but should be changed, one sentence each
 */
public record ConfigurationFile(
    Path path,
    Configuration configuration,
    BackendPlugin plugin,
    BackendConfig backendConfig,
    List<String> warnings) {

  public ConfigurationFile {
    warnings = List.copyOf(warnings);
  }
}
