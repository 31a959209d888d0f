package dev.parley.adapters.outbound.redis;

import dev.parley.ports.outbound.Finding;
import java.util.List;

/** What {@code doctor} says about a server. */
final class Diagnosis {

  private final RedisSettings settings;

  Diagnosis(RedisSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    return List.of(Finding.ok("server", settings.place()));
  }
}
