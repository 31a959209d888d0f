package dev.parley.adapters.outbound.zulip;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class ZulipConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(ZulipUnderTest::new);
  }
}
