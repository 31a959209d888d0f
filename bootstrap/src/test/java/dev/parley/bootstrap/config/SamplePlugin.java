package dev.parley.bootstrap.config;

import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.Capabilities;
import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Self;
import dev.parley.ports.outbound.Setting;
import java.util.List;

/** A backend that has a setting of every type and carries nothing. */
public record SamplePlugin(String name, List<String> formerNames, List<Setting> settings)
    implements BackendPlugin {

  /** A store in a file, with bounds on how long it keeps messages. */
  static final SamplePlugin SQLITE =
      new SamplePlugin(
          "sqlite",
          List.of("local-sqlite"),
          List.of(
              Setting.optional("db_path", new Setting.FilePath(), "./parley.db", "the file"),
              Setting.optional(
                  "retention_days",
                  new Setting.WholeNumber(1, Long.MAX_VALUE),
                  null,
                  "how many days messages are kept")));

  /** A server with a password. */
  public static final SamplePlugin SERVER =
      new SamplePlugin(
          "redis",
          List.of(),
          List.of(
              Setting.required("url", new Setting.Url(), "where the server is").asSecret(),
              Setting.optional("password", new Setting.Text(), null, "its password").asSecret(),
              Setting.optional(
                  "tls", new Setting.OneOf(List.of("required", "off")), "required", "encryption"),
              Setting.optional("servers", new Setting.TextList(), null, "further servers"),
              Setting.optional("keys", new Setting.TextMap(), null, "secrets by name").asSecret(),
              Setting.optional("watch", new Setting.YesNo(), "true", "whether to watch"),
              Setting.optional(
                      "feed_wait_ms", new Setting.WholeNumber(1, 60_000), "5000", "the wait")
                  .formerly("block_ms")));

  public static final Plugins BOTH = new Plugins(List.of(SQLITE, SERVER));

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        new ContentLimit(1000, ContentLimit.Unit.UTF8_BYTES),
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
        new Capabilities.SuiteLoad(1, 1));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return List.of();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    throw new UnsupportedOperationException("the sample backend cannot be opened");
  }
}
