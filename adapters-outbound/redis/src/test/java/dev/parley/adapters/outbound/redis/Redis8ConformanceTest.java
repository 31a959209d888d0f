package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.ConformanceSuite;
import dev.parley.conformance.server.Program;
import org.junit.platform.suite.api.BeforeSuite;

class Redis8ConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(() -> new RedisUnderTest(Program.unpacked("redis-server")));
  }
}
