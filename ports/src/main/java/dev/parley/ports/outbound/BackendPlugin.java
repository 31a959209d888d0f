package dev.parley.ports.outbound;

import dev.parley.ports.BackendException;
import java.util.List;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/** One kind of messaging backend, found by {@link java.util.ServiceLoader}. */
@SecondaryPort
public interface BackendPlugin {

  /** The value of {@code backend:} in the config, lower case. */
  String name();

  /**
   * Former values of {@code backend:} that still name this plugin, each accepted with a warning.
   */
  default List<String> formerNames() {
    return List.of();
  }

  /** Every key of {@code backend_config} that this backend reads. */
  List<Setting> settings();

  /** What is known about the backend without a connection. */
  Capabilities capabilities();

  /**
   * What {@code doctor} shows: one finding per check, in the order the checks were made.
   *
   * @throws BackendException.Misconfigured when a setting cannot be used
   */
  List<Finding> diagnose(BackendConfig config);

  /**
   * Opens the backend: checks the settings, does no I/O, connects in the background.
   *
   * @throws BackendException.Misconfigured when a setting cannot be used
   */
  Backend open(BackendConfig config, Self self);
}
