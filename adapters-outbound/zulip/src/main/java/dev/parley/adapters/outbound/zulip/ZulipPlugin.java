package dev.parley.adapters.outbound.zulip;

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

/** Topics in one channel of a Zulip organization. */
@SecondaryAdapter
public final class ZulipPlugin implements BackendPlugin {

  /** What a server takes unless told otherwise, less what stands before a text. */
  static final ContentLimit CONTENT_LIMIT =
      new ContentLimit(10_000 - WireText.ROOM, ContentLimit.Unit.CODE_POINTS);

  @Override
  public String name() {
    return "zulip";
  }

  @Override
  public List<Setting> settings() {
    return ZulipSettings.ALL;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CONTENT_LIMIT,
        true,
        Capabilities.UnknownParent.STORED,
        Capabilities.Attribution.TEXT_HEADER,
        Capabilities.Text.EXACT,
        Capabilities.History.FULL,
        0,
        false,
        true,
        false,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(2, 60));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    var settings = ZulipSettings.from(config);
    var _ = new Topics(settings.topicMap());
    return new Diagnosis(settings).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new ZulipBackend(ZulipSettings.from(config), self);
  }
}
