package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class TelegramConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(TelegramUnderTest::new);
  }
}
