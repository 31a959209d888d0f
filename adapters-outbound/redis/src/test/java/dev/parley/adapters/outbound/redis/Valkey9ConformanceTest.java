package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.ConformanceSuite;
import dev.parley.conformance.server.Program;
import org.junit.platform.suite.api.BeforeSuite;

class Valkey9ConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(() -> new RedisUnderTest(Program.unpacked("valkey-server")));
  }
}
