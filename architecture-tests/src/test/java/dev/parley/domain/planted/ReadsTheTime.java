package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;
import java.time.Instant;

@Breaks("domainReadsNoClock")
final class ReadsTheTime {
  private final Instant born = Instant.now();

  Instant born() {
    return born;
  }
}
