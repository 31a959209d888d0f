package dev.parley.adapters.outbound.discord;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ExcludeTags;

/** The laws against Discord itself; only with the Maven profile {@code live}. */
@ExcludeTags({"S16", "S19"})
class LiveDiscordConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(LiveDiscord::new);
  }
}
