package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class DiscordConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(DiscordUnderTest::new);
  }
}
