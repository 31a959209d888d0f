package dev.parley.conformance.steps;

import dev.parley.application.PresenceRules;
import dev.parley.application.PushRules;
import dev.parley.application.UseCases;
import dev.parley.conformance.session.KeptInMemory;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PresenceWire;
import dev.parley.ports.outbound.Self;
import io.cucumber.java.After;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * The sessions of a scenario: Parley's use cases over the scenario's store, each on a backend of
 * its own as if it were a process of its own. A session is known by a name, which is its handle
 * unless two sessions share one.
 */
public final class Sessions {

  /** Long enough that nobody is gone, nor beats a second time, while a scenario runs. */
  private static final PresenceRules PRESENCE =
      new PresenceRules(true, true, Duration.ofMinutes(10), Duration.ofMinutes(30));

  private static final String PRESENCE_TOPIC = "parley-presence";

  private final World world;
  private final Map<String, Running> running = new HashMap<>();
  private final Map<String, KeptInMemory> instances = new HashMap<>();

  /** The sessions of one scenario. */
  public Sessions(World world) {
    this.world = world;
  }

  /**
   * How a session is set up.
   *
   * @param topics the subscribed topics
   * @param patterns what else it may post to
   */
  record Plan(
      String handle,
      Sender.Kind kind,
      List<TopicName> topics,
      List<TopicPattern> patterns,
      PresenceRules presence) {

    /** The same with other rules of presence. */
    Plan with(PresenceRules rules) {
      return new Plan(handle, kind, topics, patterns, rules);
    }

    /** The same with patterns. */
    Plan postingTo(String... expressions) {
      var also = List.of(expressions).stream().map(TopicPattern::new).toList();
      return new Plan(handle, kind, topics, also, presence);
    }
  }

  /** An agent that follows topics, with everything as it is by default. */
  Plan agent(String handle, String... topics) {
    return new Plan(handle, Sender.Kind.AGENT, topicsNamed(topics), List.of(), PRESENCE);
  }

  /** A person at a terminal. */
  Plan person(String handle, String... topics) {
    return new Plan(handle, Sender.Kind.PERSON, topicsNamed(topics), List.of(), PRESENCE);
  }

  private List<TopicName> topicsNamed(String... names) {
    return List.of(names).stream().map(world::topic).toList();
  }

  /** The topic that carries presence. */
  TopicName presenceTopic() {
    return world.topic(PRESENCE_TOPIC);
  }

  /** How beats are written. */
  static PresenceWire wire() {
    return ServiceLoader.load(PresenceWire.class).findFirst().orElseThrow();
  }

  /** Begins a session under its handle. */
  UseCases begin(Plan plan) {
    return begin(plan.handle(), plan);
  }

  /** Begins a session under a name of its own. */
  UseCases begin(String name, Plan plan) {
    var presence = presenceTopic();
    var backend = world.open(plan.handle(), plan.kind(), world.store());
    var self =
        new Self(
            new Handle(plan.handle()),
            plan.kind(),
            new InstanceId(name),
            world.newFolder("session"));
    var kept = instances.computeIfAbsent(name, _ -> new KeptInMemory());
    var useCases =
        UseCases.over(
            backend,
            world.underTest().plugin().name(),
            self,
            new AllowedTopics(plan.topics(), plan.patterns(), presence),
            new PushRules(List.of(new SenderGlob("*")), null, Integer.MAX_VALUE),
            plan.presence(),
            wire(),
            kept,
            kept,
            kept,
            world.config().requestTimeout());
    if (running.putIfAbsent(name, new Running(backend, useCases, new ArrayDeque<>())) != null) {
      throw new IllegalStateException("there is a session '%s' already".formatted(name));
    }
    return useCases;
  }

  /** What a session that was begun can do. */
  UseCases of(String name) {
    return running(name).useCases();
  }

  private Running running(String name) {
    var session = running.get(name);
    if (session == null) {
      throw new IllegalStateException("no session '%s' was begun".formatted(name));
    }
    return session;
  }

  /** Has something done when a session ends, before its backend is closed. */
  void atEnd(String name, Runnable parting) {
    running(name).partings().push(parting);
  }

  /** Ends a session in good order. */
  void end(String name) {
    var session = running.remove(name);
    if (session != null) {
      session.close();
    }
  }

  /** Ends every session, before the store is removed. */
  @After(order = Integer.MAX_VALUE)
  public void endAll() {
    List.copyOf(running.keySet()).forEach(this::end);
  }

  private record Running(Backend backend, UseCases useCases, Deque<Runnable> partings)
      implements AutoCloseable {
    @Override
    public void close() {
      partings.forEach(Runnable::run);
      useCases.close();
      backend.close();
    }
  }
}
