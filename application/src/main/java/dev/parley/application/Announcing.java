package dev.parley.application;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.inbound.AnnouncePresence;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PresenceWire;
import org.jmolecules.ddd.annotation.Service;

/** Announcing: this process says hello, that it is still there, and goodbye. */
@Service
final class Announcing implements AnnouncePresence {

  private final AllowedTopics topics;
  private final Backend backend;
  private final PresenceRules rules;
  private final PresenceWire wire;

  Announcing(AllowedTopics topics, Backend backend, PresenceRules rules, PresenceWire wire) {
    this.topics = topics;
    this.backend = backend;
    this.rules = rules;
    this.wire = wire;
  }

  @Override
  public Announced announce() {
    if (!rules.enabled()) {
      return () -> {};
    }
    return Announcements.start(topics, backend, rules, wire);
  }
}
