package dev.parley.adapters.outbound.redis;

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

/** Shared topics on a Redis or Valkey server, behind Sentinels, or on a cluster. */
@SecondaryAdapter
public final class RedisPlugin implements BackendPlugin {

  /** The longest content, in UTF-8 bytes. */
  static final ContentLimit CONTENT_LIMIT =
      new ContentLimit(1_048_576, ContentLimit.Unit.UTF8_BYTES);

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public List<Setting> settings() {
    return RedisSettings.ALL;
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
        false,
        false,
        true,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(4, 5_000));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(RedisSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new RedisBackend(RedisSettings.from(config), self);
  }
}
