package dev.parley.conformance;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns plain values into a backend, as the composition root turns a config file into one. */
public final class OpenStore {

  private OpenStore() {}

  /** The typed values of a plugin's settings; defaults are filled in. */
  public static BackendConfig config(BackendPlugin plugin, Map<String, String> plain) {
    var known = plugin.settings().stream().map(Setting::name).collect(Collectors.toSet());
    var values = new HashMap<String, Object>();
    plain.forEach((key, value) -> {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "backend '%s' has no setting '%s'; it has %s".formatted(plugin.name(), key, known));
      }
    });
    for (var setting : plugin.settings()) {
      var text = plain.getOrDefault(setting.name(), setting.fallback());
      if (text != null) {
        values.put(setting.name(), typed(setting, text));
      }
    }
    return new BackendConfig(values);
  }

  /** Opens a backend as an agent or a person. */
  public static Backend as(
      Handle handle,
      Sender.Kind kind,
      BackendPlugin plugin,
      Map<String, String> plain,
      Path stateDirectory) {
    var self = new Self(handle, kind, new InstanceId(handle.value()), stateDirectory);
    return plugin.open(config(plugin, plain), self);
  }

  private static Object typed(Setting setting, String text) {
    return switch (setting.type()) {
      case Setting.Text t -> text;
      case Setting.Url url -> text;
      case Setting.OneOf words -> text;
      case Setting.FilePath path -> Path.of(text).toAbsolutePath();
      case Setting.WholeNumber number -> Long.valueOf(text);
      case Setting.YesNo yesNo -> Boolean.valueOf(text);
      case Setting.TextList list -> lines(text);
      case Setting.TextMap map ->
          lines(text).stream().collect(Collectors.toMap(OpenStore::key, OpenStore::value));
    };
  }

  // A key may be a topic's name, which may hold anything; a value is an id.
  private static String key(String line) {
    return line.substring(0, line.lastIndexOf('='));
  }

  private static String value(String line) {
    return line.substring(line.lastIndexOf('=') + 1);
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
