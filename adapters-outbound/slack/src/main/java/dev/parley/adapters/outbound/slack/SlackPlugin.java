package dev.parley.adapters.outbound.slack;

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

/** Shared topics in Slack, one channel per topic. */
@SecondaryAdapter
public final class SlackPlugin implements BackendPlugin {

  /** Slack cuts a text that is longer; it counts after {@code & < >} are escaped. */
  static final ContentLimit CONTENT_LIMIT = new ContentLimit(40_000, ContentLimit.Unit.UTF16_UNITS);

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public List<Setting> settings() {
    return SlackSettings.ALL;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CONTENT_LIMIT,
        true,
        Capabilities.UnknownParent.REFUSED,
        Capabilities.Attribution.NATIVE,
        Capabilities.Text.EXACT,
        Capabilities.History.VENDOR_LIMITED,
        0,
        false,
        true,
        false,
        true,
        Capabilities.OrderScope.SERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(3, 120));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(SlackSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    var settings = SlackSettings.from(config);
    return new SlackBackend(settings, MeetingPlace.of(settings), self);
  }
}
