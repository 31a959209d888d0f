package dev.parley.adapters.outbound.matrix;

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

/** Shared topics on a Matrix homeserver, one room per topic. */
@SecondaryAdapter
public final class MatrixPlugin implements BackendPlugin {

  /**
   * The longest content, in UTF-8 bytes: as JSON it is at most twice as long where it holds quotes
   * and line ends, and so fits into the 65,536 bytes of an event.
   */
  static final ContentLimit CONTENT_LIMIT = new ContentLimit(30_000, ContentLimit.Unit.UTF8_BYTES);

  @Override
  public String name() {
    return "matrix";
  }

  @Override
  public List<Setting> settings() {
    return MatrixSettings.ALL;
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
        true,
        true,
        Capabilities.OrderScope.HOMESERVER,
        Capabilities.Push.EVENT,
        new Capabilities.SuiteLoad(2, 100));
  }

  @Override
  public List<Finding> diagnose(BackendConfig config) {
    return new Diagnosis(MatrixSettings.from(config)).findings();
  }

  @Override
  public Backend open(BackendConfig config, Self self) {
    return new MatrixBackend(MatrixSettings.from(config), self);
  }
}
