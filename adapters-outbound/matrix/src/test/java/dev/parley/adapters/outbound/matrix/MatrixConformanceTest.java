package dev.parley.adapters.outbound.matrix;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class MatrixConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(MatrixUnderTest::new);
  }
}
