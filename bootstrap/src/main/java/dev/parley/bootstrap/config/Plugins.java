package dev.parley.bootstrap.config;

import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The backends of this distribution. */
public record Plugins(List<BackendPlugin> all) {

  public Plugins {
    all = List.copyOf(all);
  }

  /** Those on the class path. */
  public static Plugins installed() {
    return new Plugins(
        ServiceLoader.load(BackendPlugin.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  /** The plugin of this name, whatever its case. */
  public Optional<BackendPlugin> named(String name) {
    return all.stream().filter(plugin -> plugin.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The plugin that once had this name. */
  Optional<BackendPlugin> formerlyNamed(String name) {
    return all.stream().filter(plugin -> plugin.formerNames().contains(name)).findFirst();
  }

  /** Every key of a plugin's {@code backend_config}, with the one that is common to all. */
  public static List<Setting> settingsOf(BackendPlugin plugin) {
    var settings = new ArrayList<>(plugin.settings());
    if (settings.stream().noneMatch(s -> s.name().equals(Setting.REQUEST_TIMEOUT.name()))) {
      settings.add(Setting.REQUEST_TIMEOUT);
    }
    return settings;
  }

  /** The names, sorted. */
  public List<String> names() {
    return all.stream().map(BackendPlugin::name).sorted().toList();
  }

  /** Says that there is no plugin of a name, and which there are. */
  public String unknown(String name) {
    var meant = Nearest.to(name, names()).map(", did you mean %s?"::formatted).orElse(";");
    return "'%s' is not a known backend%s known backends: %s"
        .formatted(name, meant, String.join(", ", names()));
  }
}
