package dev.parley.adapters.outbound.nats;

import dev.parley.ports.outbound.Finding;
import java.util.List;

/** What {@code doctor} says. */
final class Diagnosis {
  Diagnosis(NatsSettings settings) {}

  List<Finding> findings() {
    return List.of();
  }
}
