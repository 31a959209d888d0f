package dev.parley.domain.planted;

import dev.parley.architecture.Breaks;

@Breaks("domainReadsNoClock")
final class ReadsTheSystemClock {
  private final long born = System.nanoTime();

  long born() {
    return born;
  }
}
