package dev.parley.bootstrap.config;

import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.util.List;

/** A plugin whose complaints about a setting say where in the file it stands. */
record LocatedPlugin(BackendPlugin plugin, SettingPlaces places) implements BackendPlugin {

  @Override
  public String name() {
    return plugin.name();
  }

  @Override
  public List<String> formerNames() {
    return plugin.formerNames();
  }

  @Override
  public List<Setting> settings() {
    return plugin.settings();
  }

  @Override
  public Capabilities capabilities() {
    return plugin.capabilities();
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    try {
      return plugin.diagnose(config);
    } catch (Misconfigured fault) {
      throw places.located(fault);
    }
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    try {
      return new LocatedBackend(plugin.open(config, self), places);
    } catch (Misconfigured fault) {
      throw places.located(fault);
    }
  }
}
