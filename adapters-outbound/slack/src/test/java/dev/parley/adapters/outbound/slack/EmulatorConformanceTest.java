package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.IncludeTags;

/**
 * The laws of Slack's Web API on others' idea of it. The emulator has no Socket Mode, so those of
 * the live path are left out, and one workspace, so that S14 cannot tell stores apart.
 */
@IncludeTags({"S01", "S04", "S05", "S06", "S11", "S12", "S13"})
class EmulatorConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(EmulatorUnderTest::new);
  }
}
