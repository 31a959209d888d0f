package dev.parley.adapters.outbound.sqlite;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class SqliteConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(SqliteUnderTest::new);
  }
}
