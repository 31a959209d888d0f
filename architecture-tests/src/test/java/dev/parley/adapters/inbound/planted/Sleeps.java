package dev.parley.adapters.inbound.planted;

import dev.parley.architecture.Breaks;

@Breaks("nobodySleeps")
final class Sleeps {
  void sleep() throws InterruptedException {
    Thread.sleep(1);
  }
}
