package dev.parley.adapters.outbound.postgres;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class PostgresConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(PostgresUnderTest::new);
  }
}
