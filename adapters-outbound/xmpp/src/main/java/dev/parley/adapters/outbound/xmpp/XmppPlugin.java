package dev.parley.adapters.outbound.xmpp;

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

/** Shared topics in the rooms of an XMPP server, where people join from ordinary clients. */
@SecondaryAdapter
public final class XmppPlugin implements BackendPlugin {

  /**
   * The longest content, in UTF-8 bytes: escaped it is at most six times as long, and so fits into
   * the 256 KiB that servers take in one stanza.
   */
  static final ContentLimit CONTENT_LIMIT = new ContentLimit(32_000, ContentLimit.Unit.UTF8_BYTES);

  @Override
  public String name() {
    return "xmpp";
  }

  @Override
  public List<Setting> settings() {
    return XmppSettings.ALL;
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
        true,
        false,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(4, 200));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(XmppSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new XmppBackend(XmppSettings.from(config), self);
  }
}
