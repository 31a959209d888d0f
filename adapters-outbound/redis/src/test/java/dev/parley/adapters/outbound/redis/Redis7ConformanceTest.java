package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

class Redis7ConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(() -> new RedisUnderTest(RedisServer.redis()));
  }
}
