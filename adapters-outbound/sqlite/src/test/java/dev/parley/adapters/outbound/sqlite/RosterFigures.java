package dev.parley.adapters.outbound.sqlite;

import dev.parley.application.PresenceRules;
import dev.parley.application.PushRules;
import dev.parley.application.UseCases;
import dev.parley.conformance.session.KeptInMemory;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.presence.Roster;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ListUsers;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendConfig;
import dev.parley.ports.outbound.PresenceWire;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a roster of 1,000 participants costs after 100,000 beats: {@code RosterFigures FOLDER}. Run
 * it with the flags of the launcher.
 */
final class RosterFigures {

  private static final int PARTICIPANTS = 1_000;
  private static final int BEATS = 100_000;
  private static final TopicName PRESENCE = new TopicName("parley-presence");
  private static final PresenceRules RULES =
      new PresenceRules(true, true, Duration.ofMinutes(10), Duration.ofMinutes(30));

  private final PresenceWire wire =
      ServiceLoader.load(PresenceWire.class).findFirst().orElseThrow();
  private final Clock clock = Clock.systemUTC();
  private final List<TopicName> topics =
      IntStream.range(0, 5).mapToObj(n -> new TopicName("topic-" + n)).toList();
  private final List<ProcessInstance> processes =
      IntStream.range(0, PARTICIPANTS)
          .mapToObj(n -> new ProcessInstance(UUID.randomUUID().toString()))
          .toList();

  private RosterFigures() {}

  public static void main(String[] arguments) throws InterruptedException {
    var figures = new RosterFigures();
    figures.folding();
    figures.listing(Path.of(arguments[0]).resolve("roster.db"));
  }

  private String beat(int n) {
    var said = new Announcement(topics, new PeerPatterns(List.of("plan-.*")), true, false);
    return wire.write(
        new Beat(Beat.Kind.HEARTBEAT, processes.get(n % PARTICIPANTS), clock.instant(), said));
  }

  private static Handle participant(int n) {
    return new Handle("peer-" + n % PARTICIPANTS);
  }

  /** The fold alone: JSON in, roster out, nothing read from a store. */
  private void folding() {
    for (var round = 0; round < 3; round++) {
      var contents = IntStream.range(0, PARTICIPANTS).mapToObj(this::beat).toList();
      var senders =
          IntStream.range(0, PARTICIPANTS).mapToObj(n -> Sender.agent(participant(n))).toList();
      var before = heap();
      var roster = new Roster(RULES.ttl());
      var start = System.nanoTime();
      for (var n = 0; n < BEATS; n++) {
        var sender = senders.get(n % PARTICIPANTS);
        wire.read(contents.get(n % PARTICIPANTS))
            .ifPresent(beat -> roster.beat(sender, beat, clock.instant()));
      }
      var folded = since(start);
      var kept = heap() - before;
      System.out.printf(
          "fold %,d beats of %,d: %.0f ms, %.1f us each, roster keeps %.2f MB, %d entries%n",
          BEATS,
          PARTICIPANTS,
          folded,
          folded * 1000 / BEATS,
          kept / 1e6,
          roster.entries(clock.instant()).size());
    }
  }

  /** The first call, which reads back what is in the store, and those after it. */
  private void listing(Path database) throws InterruptedException {
    var start = System.nanoTime();
    fill(database);
    System.out.printf("posted %,d beats in %.1f s%n", BEATS, since(start) / 1000);
    for (var round = 0; round < 3; round++) {
      try (var backend = Figures.open(database);
          var can = useCases(backend)) {
        var before = heap();
        var everybody = new ListUsers.Query(null, null, false, null, 1000, Duration.ofMinutes(5));
        var first = System.nanoTime();
        var users = can.users().users(everybody);
        System.out.printf(
            "first list call: %.0f ms, %d users, note %s, %.2f MB more in use%n",
            since(first), users.entries().size(), users.caveat(), (heap() - before) / 1e6);
        var times = new ArrayList<Double>();
        for (var n = 0; n < 200; n++) {
          var call = System.nanoTime();
          can.users().users(everybody);
          times.add(since(call));
        }
        times.sort(null);
        System.out.printf(
            "further list calls: p50 %.2f ms, p99 %.2f ms%n", times.get(100), times.get(198));
      }
    }
  }

  private void fill(Path database) {
    for (var peer = 0; peer < PARTICIPANTS; peer++) {
      var self =
          new Self(
              participant(peer),
              Sender.Kind.AGENT,
              new InstanceId("peer"),
              database.resolveSibling("state"));
      try (var backend =
          new SqlitePlugin().open(new BackendConfig(Map.of("db_path", database)), self)) {
        for (var n = 0; n < BEATS / PARTICIPANTS; n++) {
          backend.post(Draft.of(PRESENCE, beat(peer)));
        }
      }
    }
  }

  private UseCases useCases(Backend backend) {
    var self =
        new Self(new Handle("agent"), Sender.Kind.AGENT, new InstanceId("agent"), Path.of("state"));
    var kept = new KeptInMemory();
    return UseCases.over(
        backend,
        "figures",
        self,
        new AllowedTopics(topics.subList(0, 1), List.of(), PRESENCE),
        new PushRules(List.of(new SenderGlob("*")), null, 60),
        RULES,
        wire,
        kept,
        kept,
        kept,
        Duration.ofSeconds(10));
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
