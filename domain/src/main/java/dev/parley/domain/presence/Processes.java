package dev.parley.domain.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The processes known by their beats, the one that beat last at the end; bounded, see {@link
 * Roster}.
 */
final class Processes {

  private final Duration ttl;
  private final SequencedMap<PresenceId, Presence> byId = new LinkedHashMap<>();
  private int characters;

  Processes(Duration ttl) {
    this.ttl = ttl;
  }

  void beat(PresenceId id, Beat beat, Instant now) {
    var known = byId.get(id);
    remove(id);
    var presence = known == null ? Presence.of(id, beat) : known.after(beat);
    byId.putLast(id, presence);
    characters += size(presence);
    while (characters > Roster.MAX_CHARACTERS) {
      makeRoom(id, now);
    }
  }

  /** The processes of each participant, the one that beat last at the end. */
  Map<RosterName, List<Presence>> byName() {
    var byName = new LinkedHashMap<RosterName, List<Presence>>();
    for (var presence : byId.values()) {
      byName.computeIfAbsent(nameOf(presence), _ -> new ArrayList<>()).add(presence);
    }
    return byName;
  }

  private void makeRoom(PresenceId newcomer, Instant now) {
    for (var presence : byId.values()) {
      if (!presence.isOnline(now, ttl)) {
        remove(presence.id());
        return;
      }
    }
    var largest = ofLargestParticipant();
    var eldest = largest.getFirst();
    if (largest.size() > 1) {
      remove(eldest.id());
    } else if (eldest.announcement().size() > 0) {
      var bare = eldest.withoutTopics();
      byId.replace(eldest.id(), bare);
      characters += size(bare) - size(eldest);
    } else {
      remove(newcomer);
    }
  }

  private List<Presence> ofLargestParticipant() {
    var sizes = new HashMap<RosterName, Integer>();
    byId.values().forEach(presence -> sizes.merge(nameOf(presence), size(presence), Integer::sum));
    var largest =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return byId.values().stream().filter(presence -> nameOf(presence).equals(largest)).toList();
  }

  private void remove(PresenceId id) {
    var removed = byId.remove(id);
    if (removed != null) {
      characters -= size(removed);
    }
  }

  private static RosterName nameOf(Presence presence) {
    return RosterName.of(presence.id().participant());
  }

  private static int size(Presence presence) {
    var participant = presence.id().participant();
    var account = participant.account() == null ? 0 : participant.account().length();
    return Roster.PROCESS_CHARACTERS
        + participant.handle().length()
        + account
        + presence.announcement().size();
  }
}
