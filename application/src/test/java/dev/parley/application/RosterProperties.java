package dev.parley.application;

import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.presence.Roster;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However the backend cuts its pages, and whenever the roster begins: it is the fold of all. */
class RosterProperties {

  private static final TopicName PRESENCE = new TopicName("presence");
  private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1));
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final JsonBeats WIRE = new JsonBeats();

  /** One beat: whose, what, and how many seconds ago. */
  record Said(String handle, String process, Kind kind, int secondsAgo) {

    Sender sender() {
      return Sender.agent(new Handle(handle));
    }

    Beat beat() {
      var said = new Announcement(List.of(TOPIC), PeerPatterns.NONE, true, false);
      return new Beat(kind, new ProcessInstance(process), NOW.minusSeconds(secondsAgo), said);
    }
  }

  @Property(tries = 200)
  void whoever_is_online_by_all_beats_is_online_by_those_read_back(
      @ForAll("beats") List<Said> beats,
      @ForAll @IntRange(min = 1, max = 7) int pageSize,
      @ForAll @IntRange(min = 0, max = 40) int before)
      throws InterruptedException {
    var backend =
        new MemoryBackend(SELF, true) {
          @Override
          public Page fetchRecent(TopicName topic, Window window) {
            return super.fetchRecent(topic, cut(window, pageSize));
          }
        };
    var whole = new Roster(TTL);
    for (var said : beats) {
      whole.beat(said.sender(), said.beat(), NOW);
    }
    var first = Math.min(before, beats.size());
    beats.subList(0, first).forEach(said -> store(backend, said));
    var topics = new AllowedTopics(List.of(TOPIC), List.of(), PRESENCE);
    var rules = new PresenceRules(true, true, TTL.dividedBy(3), TTL);
    try (var roster =
        new LiveRoster(topics, backend, rules, WIRE, Clock.fixed(NOW, ZoneOffset.UTC))) {
      roster.entries(Duration.ofSeconds(10));
      beats.subList(first, beats.size()).forEach(said -> store(backend, said));
      store(backend, new Said("last", "last", Kind.HELLO, 0));
      whole.beat(
          Sender.agent(new Handle("last")), new Said("last", "last", Kind.HELLO, 0).beat(), NOW);
      while (roster.entries(Duration.ofSeconds(10)).stream()
          .noneMatch(entry -> entry.handle().equals("last"))) {
        Thread.onSpinWait();
      }

      assertThat(online(roster.entries(Duration.ZERO)))
          .containsExactlyInAnyOrderElementsOf(online(whole.entries(NOW)));
    }
  }

  private static List<String> online(List<RosterEntry> entries) {
    return entries.stream().filter(RosterEntry::online).map(RosterEntry::handle).toList();
  }

  private static void store(MemoryBackend backend, Said said) {
    backend.store(PRESENCE, said.sender(), WIRE.write(said.beat()));
  }

  private static Window cut(Window window, int size) {
    return switch (window) {
      case Window.After(var cursor, var limit) -> Window.after(cursor, Math.min(limit, size));
      case Window.Before(var cursor, var limit) -> Window.before(cursor, Math.min(limit, size));
      case Window.Latest(var limit) -> Window.latest(Math.min(limit, size));
      case Window.Oldest(var limit) -> Window.oldest(Math.min(limit, size));
    };
  }

  /** In an order that clocks which are up to five minutes off may give. */
  @Provide
  Arbitrary<List<Said>> beats() {
    return Combinators.combine(
            Arbitraries.of("ann", "bob", "carol"),
            Arbitraries.of("one", "two"),
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(-240, 240))
        .as(Said::new)
        .list()
        .ofMaxSize(40)
        .map(list -> {
          var spread = new ArrayList<Said>();
          for (var n = 0; n < list.size(); n++) {
            var said = list.get(n);
            var age = (list.size() - n) * 120 + said.secondsAgo();
            spread.add(new Said(said.handle(), said.process(), said.kind(), age));
          }
          return spread;
        });
  }
}
