package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import java.time.Clock;
import java.time.Instant;

@Breaks("domainReadsNoClock")
record ReadsAClock(Clock clock) {
  Instant now() {
    return clock.instant();
  }
}
