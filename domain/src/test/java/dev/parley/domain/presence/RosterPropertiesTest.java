package dev.parley.domain.presence;

import static dev.parley.domain.presence.Peers.NOON;
import static dev.parley.domain.presence.Peers.TTL;
import static dev.parley.domain.presence.Peers.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class RosterPropertiesTest {

  /** A beat of one of a few processes, said some minutes after noon. */
  record Said(String handle, String process, Beat.Kind kind, int minute) {

    Beat beat() {
      var at = NOON.plusSeconds(60L * minute);
      return new Beat(kind, new ProcessInstance(process), at, Peers.following("ctx"));
    }
  }

  /** Ways to beat too much. */
  enum Flood {
    MANY_PROCESSES,
    MANY_HANDLES,
    MANY_TOPICS,
    SHORT_SESSIONS;

    void beat(Roster roster, Random random) {
      var handle = this == MANY_PROCESSES ? "flood" : "flood" + random.nextInt(100_000);
      var process = new ProcessInstance("p" + random.nextInt(100_000));
      var names = this == MANY_TOPICS ? random.nextInt(60) : 1;
      var topics = Collections.nCopies(names, new TopicName("x".repeat(512)));
      var announcement = new Announcement(topics, PeerPatterns.NONE, true, false);
      roster.beat(agent(handle), new Beat(Beat.Kind.HELLO, process, NOON, announcement), NOON);
      if (this == SHORT_SESSIONS) {
        roster.beat(agent(handle), new Beat(Beat.Kind.GOODBYE, process, NOON, announcement), NOON);
      }
    }
  }

  @Property
  void a_handle_is_online_when_one_of_its_processes_said_so_last_and_within_the_time(
      @ForAll("beats") List<Said> beats) {
    var now = NOON.plusSeconds(3_600);
    var roster = new Roster(TTL);
    var last = new HashMap<String, Said>();
    for (var said : beats) {
      var counts = roster.beat(agent(said.handle()), said.beat(), now);
      assertThat(counts).isEqualTo(said.minute() <= 65);
      if (counts) {
        last.put(said.handle() + "/" + said.process(), said);
      }
    }
    var online = new HashMap<String, Boolean>();
    last.values()
        .forEach(said -> {
          var there = said.kind() != Beat.Kind.GOODBYE && said.minute() >= 30;
          online.merge(said.handle(), there, Boolean::logicalOr);
        });
    assertThat(shown(roster, now)).isEqualTo(online);
  }

  @Property(tries = 10)
  void whoever_is_online_stays_whatever_others_beat(
      @ForAll @Size(min = 1, max = 4) List<Flood> floods, @ForAll long seed) {
    var roster = new Roster(TTL);
    for (int peer = 0; peer < 20; peer++) {
      roster.beat(agent("steady" + peer), Peers.hello("p", NOON, "ctx"), NOON);
    }
    var random = new Random(seed);
    for (var flood : floods) {
      for (int i = 0; i < 3_000; i++) {
        flood.beat(roster, random);
      }
    }
    var shown = shown(roster, NOON);
    for (int peer = 0; peer < 20; peer++) {
      assertThat(shown).containsEntry("steady" + peer, true);
    }
  }

  @Provide
  Arbitrary<List<Said>> beats() {
    var handles = Arbitraries.of("planner", "coder");
    var processes = Arbitraries.of("p1", "p2");
    var minutes = Arbitraries.integers().between(0, 70);
    return Combinators.combine(handles, processes, Arbitraries.of(Beat.Kind.class), minutes)
        .as(Said::new)
        .list()
        .ofMaxSize(12);
  }

  private static Map<String, Boolean> shown(Roster roster, Instant now) {
    return roster.entries(now).stream()
        .collect(Collectors.toMap(RosterEntry::handle, RosterEntry::online));
  }
}
