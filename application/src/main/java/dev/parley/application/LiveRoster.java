package dev.parley.application;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.presence.Roster;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PresenceWire;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The roster of one session, kept up to date from its first use on: beats from the presence topic,
 * and whoever posts from the subscribed ones, each followed on a virtual thread of its own. A
 * session that never asks who is there follows nothing.
 */
final class LiveRoster implements AutoCloseable {

  /** How many messages of each subscribed topic tell who posted lately. */
  private static final int RECENT = 200;

  private final AllowedTopics topics;
  private final Backend backend;
  private final PresenceRules rules;
  private final PresenceWire wire;
  private final Clock clock;
  private final Roster roster;
  private final List<RosterWatch> watches = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  LiveRoster(
      AllowedTopics topics, Backend backend, PresenceRules rules, PresenceWire wire, Clock clock) {
    this.topics = topics;
    this.backend = backend;
    this.rules = rules;
    this.wire = wire;
    this.clock = clock;
    this.roster = new Roster(rules.ttl());
  }

  /** Everyone known, once each topic was read up to now or failed, or the time is over. */
  List<RosterEntry> entries(Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    for (var watch : started()) {
      watch.awaitHeard(deadline - System.nanoTime());
    }
    return roster.entries(clock.instant());
  }

  /** What the entries may lack, in one sentence; null when they are complete. */
  @Nullable String caveat() {
    if (!rules.enabled()) {
      return "presence is off on this instance (presence.enabled is false), so who is online is not"
          + " known: only those are listed who posted in its topics";
    }
    for (var watch : started()) {
      if (watch.isAbsent()) {
        return "presence is off on this backend, so who is online is not known: " + watch.trouble();
      }
      if (watch.trouble() != null) {
        return "somebody may be missing or shown as they were before: " + watch.trouble();
      }
    }
    return null;
  }

  private synchronized List<RosterWatch> started() {
    if (watches.isEmpty() && !closed) {
      if (rules.enabled()) {
        var back = new LookBack(wire, clock, rules.ttl());
        follow(topics.presenceTopic(), this::beat, back);
      }
      topics.subscribed().forEach(topic -> follow(topic, roster::seen, LiveRoster::recent));
    }
    return List.copyOf(watches);
  }

  private void follow(TopicName topic, Consumer<Message> taking, TopicFollower.Start start) {
    var watch = new RosterWatch(topic, taking);
    watches.add(watch);
    threads.add(
        Thread.ofVirtual()
            .name("roster-" + topic)
            .start(new TopicFollower(topic, backend, watch, start)));
  }

  private static Page recent(Backend backend, TopicName topic) {
    var page = backend.fetchRecent(topic, Window.latest(RECENT));
    return new Page(page.messages(), page.next(), false, false);
  }

  private void beat(Message message) {
    wire.read(message.content())
        .ifPresent(beat -> roster.beat(message.sender(), beat, clock.instant()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
