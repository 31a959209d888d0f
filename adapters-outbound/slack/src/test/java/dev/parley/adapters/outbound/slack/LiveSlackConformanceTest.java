package dev.parley.adapters.outbound.slack;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ExcludeTags;

/** The laws against Slack itself; only with the Maven profile {@code live}. */
@ExcludeTags({"S16", "S19"})
class LiveSlackConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(LiveSlack::new);
  }
}
