package dev.parley.adapters.outbound.xmpp;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class Ejabberd23ConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(() -> new XmppUnderTest(new EjabberdServer()));
  }
}
