package dev.parley.adapters.outbound.telegram;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ExcludeTags;

/** The laws against Telegram itself; only with the Maven profile {@code live}. */
@ExcludeTags({"S16", "S19"})
class LiveTelegramConformanceTest extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(LiveTelegram::new);
  }
}
