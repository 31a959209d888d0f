package dev.parley.adapters.outbound.nats;

import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.util.List;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;

/** Shared topics on NATS JetStream, one stream per topic. */
@SecondaryAdapter
public final class NatsPlugin implements BackendPlugin {

  /**
   * The longest content, in UTF-8 bytes: as JSON it is at most twice as long where it holds quotes
   * and line ends, and so fits into the 1 MiB that a server takes unless told otherwise.
   */
  static final ContentLimit CONTENT_LIMIT = new ContentLimit(512_000, ContentLimit.Unit.UTF8_BYTES);

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public List<Setting> settings() {
    return NatsSettings.ALL;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CONTENT_LIMIT,
        true,
        Capabilities.UnknownParent.STORED,
        Capabilities.Attribution.NATIVE,
        Capabilities.Text.EXACT,
        Capabilities.History.FULL,
        0,
        true,
        false,
        true,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(4, 5_000));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(NatsSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new NatsBackend(NatsSettings.from(config), self);
  }
}
