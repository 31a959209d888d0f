package dev.parley.domain.presence;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who was seen posting, those seen last, up to a bound. */
final class Sightings {

  /** The most participants that are remembered. */
  static final int MAX = 2_000;

  private final SequencedMap<RosterName, Sighting> byName = new LinkedHashMap<>();

  void add(Message message) {
    var name = RosterName.of(message.sender());
    var seen =
        new Sighting(message.sender().handle(), message.timestamp(), Set.of(message.topic()));
    var before = byName.get(name);
    byName.putLast(name, before == null ? seen : seen.alsoIn(before.topics()));
    if (byName.size() > MAX) {
      byName.pollFirstEntry();
    }
  }

  Map<RosterName, Sighting> all() {
    return Map.copyOf(byName);
  }

  record Sighting(String handle, Instant at, Set<TopicName> topics) {

    Sighting alsoIn(Set<TopicName> others) {
      return topics.equals(others) || others.containsAll(topics)
          ? new Sighting(handle, at, others)
          : new Sighting(
              handle,
              at,
              Stream.concat(topics.stream(), others.stream())
                  .collect(Collectors.toUnmodifiableSet()));
    }
  }
}
