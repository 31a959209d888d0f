package dev.parley.adapters.inbound.planted;

import dev.parley.architecture.Breaks;

@Breaks("onlyTheEntriesUseTheStandardStreams")
final class WritesToStandardOutput {
  void greet() {
    System.out.println("hello");
  }
}
