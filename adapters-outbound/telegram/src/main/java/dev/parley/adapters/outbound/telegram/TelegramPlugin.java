package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.participant.Handle;
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

/** Shared topics in Telegram groups. */
@SecondaryAdapter
public final class TelegramPlugin implements BackendPlugin {

  /** The most that Telegram takes in one message, in UTF-16 units. */
  static final int LONGEST_TEXT = 4_096;

  /** What is left of it behind the longest header. */
  static final ContentLimit CONTENT_LIMIT =
      new ContentLimit(
          LONGEST_TEXT - Handle.MAX_LENGTH - OutgoingText.AFTER_HANDLE.length(),
          ContentLimit.Unit.UTF16_UNITS);

  @Override
  public String name() {
    return "telegram";
  }

  @Override
  public List<Setting> settings() {
    return TelegramSettings.ALL;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CONTENT_LIMIT,
        true,
        Capabilities.UnknownParent.STORED,
        Capabilities.Attribution.TEXT_HEADER,
        Capabilities.Text.EXACT,
        Capabilities.History.SINCE_FIRST_SEEN,
        0,
        false,
        false,
        false,
        true,
        Capabilities.OrderScope.BOT_STORE,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(2, 60));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(TelegramSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new TelegramBackend(TelegramSettings.from(config), self);
  }
}
