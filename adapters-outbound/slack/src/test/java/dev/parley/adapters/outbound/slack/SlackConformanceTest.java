package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class SlackConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(SlackUnderTest::new);
  }
}
