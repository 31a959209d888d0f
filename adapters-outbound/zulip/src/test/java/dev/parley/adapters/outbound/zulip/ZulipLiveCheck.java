package dev.parley.adapters.outbound.zulip;

import dev.parley.conformance.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

/**
 * The laws against a real server, for maintainers who have one. Its name keeps it out of every
 * build: it runs only when it is asked for by name, and fails without credentials.
 */
class ZulipLiveCheck extends ConformanceSuite {

  @BeforeSuite
  static void backend() {
    test(ZulipLive::new);
  }
}
