package dev.parley.adapters.outbound.nats;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class Nats215ConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(() -> new NatsUnderTest("NATS 2.15", NatsServer.current()));
  }
}
