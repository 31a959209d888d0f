package dev.parley.adapters.outbound.discord;

import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.util.List;

/** The plugin as it is, but for the load that the suite may put on Discord itself. */
public final class LittleLoadPlugin implements BackendPlugin {

  private static final Capabilities.SuiteLoad LITTLE = new Capabilities.SuiteLoad(2, 12);

  private final DiscordPlugin whole = new DiscordPlugin();

  /** For participants in processes of their own, too. */
  public LittleLoadPlugin() {}

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<Setting> settings() {
    return whole.settings();
  }

  @Override
  public Capabilities capabilities() {
    var all = whole.capabilities();
    return new Capabilities(
        all.contentLimit(),
        all.threads(),
        all.unknownParent(),
        all.attribution(),
        all.text(),
        all.history(),
        all.settlingMillis(),
        all.exactGaps(),
        all.editsVisible(),
        all.idempotentPost(),
        all.concurrentWriters(),
        all.orderScope(),
        all.push(),
        LITTLE);
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return whole.diagnose(config);
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return whole.open(config, self);
  }
}
