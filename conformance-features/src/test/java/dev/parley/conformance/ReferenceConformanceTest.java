package dev.parley.conformance;

import dev.parley.conformance.reference.JournalHost;
import dev.parley.conformance.reference.ReferencePlugin;
import dev.parley.conformance.reference.ReferenceUnderTest;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;

class ReferenceConformanceTest extends ConformanceSuite {

  private static final JournalHost HOST = new JournalHost();

  @BeforeSuite
  static void backend() {
    test(() -> new ReferenceUnderTest(new ReferencePlugin(), HOST));
  }

  @AfterSuite
  static void stopHost() {
    HOST.close();
  }
}
