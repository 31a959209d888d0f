package dev.parley.bootstrap.config;

import dev.parley.ports.BackendException.Misconfigured;
import java.util.function.ToIntFunction;

/**
 * Where the file sets what the backend is told: a backend knows only the name of a setting.
 *
 * @param file the file as the user named it
 * @param lines the line of a key
 */
record SettingPlaces(String file, ToIntFunction<String> lines) {

  /** The same complaint with file and line, when it is about a setting. */
  Misconfigured located(Misconfigured fault) {
    var setting = fault.setting();
    if (setting == null) {
      return fault;
    }
    var key = Keys.BACKEND_CONFIG + "." + setting;
    return new Misconfigured(
        "%s:%d: %s.%s"
            .formatted(file, lines.applyAsInt(key), Keys.BACKEND_CONFIG, fault.getMessage()),
        fault);
  }
}
