package dev.parley.adapters.outbound.discord;

import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.util.List;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Shared topics in the text channels of Discord servers. */
@SecondaryAdapter
public final class DiscordPlugin implements BackendPlugin {

  @Override
  public String name() {
    return "discord";
  }

  @Override
  public List<Setting> settings() {
    return DiscordSettings.ALL;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        Posts.LIMIT,
        true,
        Capabilities.UnknownParent.REFUSED,
        Capabilities.Attribution.TEXT_HEADER,
        Capabilities.Text.EDGES_TRIMMED,
        Capabilities.History.FULL,
        0,
        true,
        true,
        true,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(2, 200));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(DiscordSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new DiscordBackend(DiscordSettings.from(config), self);
  }
}
