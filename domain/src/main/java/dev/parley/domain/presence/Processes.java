package dev.parley.domain.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeSet;

/** The processes known by their beats; bounded as {@link Roster} says, at a logarithmic cost. */
final class Processes {

  private final Duration ttl;
  private final Map<RosterName, Participant> byName = new LinkedHashMap<>();
  private final NavigableSet<Participant> bySize = new TreeSet<>();
  private final NavigableSet<Known> byLife = new TreeSet<>();
  private long numbers;
  private int characters;

  Processes(Duration ttl) {
    this.ttl = ttl;
  }

  void beat(PresenceId id, Beat beat, Instant now) {
    var participant = byName.get(RosterName.of(id.participant()));
    var known = participant == null ? null : participant.processes.get(id);
    put(known == null ? Presence.of(id, beat) : known.presence().after(beat));
    while (characters > Roster.MAX_CHARACTERS) {
      makeRoom(id, now);
    }
  }

  /** The processes of each participant, the one that beat last at the end. */
  Map<RosterName, List<Presence>> byName() {
    var all = new LinkedHashMap<RosterName, List<Presence>>();
    byName.forEach((name, participant) -> all.put(name, participant.presences()));
    return all;
  }

  private void makeRoom(PresenceId newcomer, Instant now) {
    var offline = byLife.first().presence();
    var largest = bySize.last();
    var eldest = largest.processes.firstEntry().getValue().presence();
    if (!offline.isOnline(now, ttl)) {
      remove(offline.id());
    } else if (largest.processes.size() > 1) {
      remove(eldest.id());
    } else if (eldest.announcement().size() > 0) {
      put(eldest.withoutTopics());
    } else {
      remove(newcomer);
    }
  }

  private void put(Presence presence) {
    remove(presence.id());
    var known = new Known(presence, ++numbers);
    var participant =
        byName.computeIfAbsent(
            RosterName.of(presence.id().participant()), _ -> new Participant(known.number()));
    bySize.remove(participant);
    participant.processes.putLast(presence.id(), known);
    participant.size += known.size();
    bySize.add(participant);
    byLife.add(known);
    characters += known.size();
  }

  private void remove(PresenceId id) {
    var name = RosterName.of(id.participant());
    var participant = byName.get(name);
    var known = participant == null ? null : participant.processes.get(id);
    if (participant == null || known == null) {
      return;
    }
    bySize.remove(participant);
    byLife.remove(known);
    participant.processes.remove(id);
    participant.size -= known.size();
    characters -= known.size();
    if (participant.processes.isEmpty()) {
      byName.remove(name);
    } else {
      bySize.add(participant);
    }
  }

  /**
   * A process, in the order in which they are forgotten: those that are gone, then those that are
   * silent for longest. The number tells it from others of the same moment.
   */
  private record Known(Presence presence, long number) implements Comparable<Known> {

    @Override
    public int compareTo(Known other) {
      if (presence.gone() != other.presence.gone()) {
        return presence.gone() ? -1 : 1;
      }
      var byBeat = presence.lastBeat().compareTo(other.presence.lastBeat());
      return byBeat != 0 ? byBeat : Long.compare(number, other.number);
    }

    int size() {
      var participant = presence.id().participant();
      var account = participant.account() == null ? 0 : participant.account().length();
      return Roster.PROCESS_CHARACTERS
          + participant.handle().length()
          + account
          + presence.announcement().size();
    }
  }

  /**
   * The processes under one name, the one that beat last at the end, and the room they take. Their
   * order is by that room.
   */
  private static final class Participant implements Comparable<Participant> {

    private final SequencedMap<PresenceId, Known> processes = new LinkedHashMap<>();
    private final long number;
    private int size;

    Participant(long number) {
      this.number = number;
    }

    @Override
    public int compareTo(Participant other) {
      return size != other.size
          ? Integer.compare(size, other.size)
          : Long.compare(number, other.number);
    }

    List<Presence> presences() {
      return processes.values().stream().map(Known::presence).toList();
    }
  }
}
