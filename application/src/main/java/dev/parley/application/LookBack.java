package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PresenceWire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Where following the presence topic begins: far enough back that no process that may still be
 * online is missed. Bounded by time and not by count, so that nobody is pushed out by how much
 * others say; holds one page at a time.
 */
record LookBack(PresenceWire wire, Clock clock, Duration ttl) implements TopicFollower.Start {

  /** Messages read at once, and at least, so that those who left lately are known too. */
  static final int PAGE = 1000;

  /** Clocks may be apart, in either direction, and still be believed. */
  private static final Duration MARGIN = Beat.CLOCK_TOLERANCE.multipliedBy(2);

  @Override
  public Page from(Backend backend, TopicName topic) {
    var bound = clock.instant().minus(ttl).minus(MARGIN);
    var page = backend.fetchRecent(topic, Window.latest(PAGE));
    var next = page.next();
    var more = false;
    while (page.more() && page.messages().stream().anyMatch(m -> isAfter(bound, m))) {
      var before = page.messages().getFirst().cursor();
      var earlier = backend.fetchRecent(topic, Window.before(before, PAGE));
      if (earlier.messages().isEmpty()) {
        break;
      }
      page = earlier;
      next = earlier.messages().getLast().cursor();
      more = true;
    }
    return new Page(page.messages(), next, more, false);
  }

  /** By the store's clock or by the sender's: neither alone can make a message look old. */
  private boolean isAfter(Instant bound, Message message) {
    return message.timestamp().isAfter(bound)
        || wire.read(message.content()).filter(beat -> beat.at().isAfter(bound)).isPresent();
  }
}
