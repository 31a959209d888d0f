package dev.parley.conformance;

import dev.parley.conformance.reference.ReferenceUnderTest;
import org.junit.platform.suite.api.BeforeSuite;

class ReferenceConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(ReferenceUnderTest::new);
  }
}
