package dev.parley.domain.presence;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.Sightings.Sighting;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is there: a read model folded from beats as they come, and from the senders of messages. Kept
 * in memory, safe for several threads.
 *
 * <p>It holds at most {@value #MAX_CHARACTERS} characters of presence, counting each process with
 * {@value #PROCESS_CHARACTERS}, its name and what it announces: some 5,000 processes. A beat of a
 * known process replaces the one before. When there is no room, processes that are offline go
 * first, the one that beat the longest ago before the others; then, of the participant that takes
 * the most room, the process that beat the longest ago, or, when it is the only one, its topics. So
 * whoever is online stays whatever others do; if everything is taken by single processes online,
 * the newcomer is not listed until there is room. Of participants without beats, the 2,000 that
 * posted last are listed.
 */
public final class Roster {

  /** How many characters of presence are kept. */
  public static final int MAX_CHARACTERS = 2_097_152;

  /** What one process counts for besides its name and topics. */
  public static final int PROCESS_CHARACTERS = 256;

  /** Nobody can mention a longer name, so no such sender is listed. */
  private static final int LONGEST_NAME = 512;

  private final Duration ttl;
  private final Processes processes;
  private final Sightings sightings = new Sightings();

  /** An empty roster; a process is online until {@code ttl} after its last beat. */
  public Roster(Duration ttl) {
    this.ttl = ttl;
    this.processes = new Processes(ttl);
  }

  /**
   * Takes the next beat in the order of the presence topic.
   *
   * @return whether it counts: not when it is too far in the future, nor when a person said it
   */
  public synchronized boolean beat(Sender sender, Beat beat, Instant now) {
    if (beat.isTooFarAhead(now) || sender.kind() == Sender.Kind.PERSON || isTooLong(sender)) {
      return false;
    }
    processes.beat(new PresenceId(sender, beat.process()), beat, now);
    return true;
  }

  /** Takes notice of whoever posted a message to a subscribed topic. */
  public synchronized void seen(Message message) {
    if (message.condition() != Message.Condition.UNREADABLE && !isTooLong(message.sender())) {
      sightings.add(message);
    }
  }

  /** Everyone known: those online first, then those seen last. */
  public synchronized List<RosterEntry> entries(Instant now) {
    var beating = processes.byName();
    var entries = new ArrayList<RosterEntry>();
    var seen = sightings.all();
    beating.forEach((name, of) -> entries.add(entry(name.kind(), of, seen.get(name), now)));
    seen.forEach((name, sighting) -> {
      if (!beating.containsKey(name)) {
        entries.add(entry(name.kind(), sighting, now));
      }
    });
    entries.sort(
        Comparator.comparing(RosterEntry::online)
            .thenComparing(RosterEntry::lastSeen)
            .reversed()
            .thenComparing(RosterEntry::handle));
    return List.copyOf(entries);
  }

  private RosterEntry entry(
      Sender.Kind kind, List<Presence> known, @Nullable Sighting seen, Instant now) {
    var online = known.stream().filter(process -> process.isOnline(now, ttl)).toList();
    var shown = online.isEmpty() ? List.of(known.getLast()) : online;
    var topics = new LinkedHashSet<TopicName>();
    var patterns = new LinkedHashSet<String>();
    shown.forEach(process -> {
      topics.addAll(process.announcement().topics());
      patterns.addAll(process.announcement().postPatterns().expressions());
    });
    var more = shown.stream().anyMatch(process -> process.announcement().more());
    var push = online.stream().anyMatch(process -> process.announcement().push());
    var lastSeen = seen == null ? Instant.MIN : seen.at();
    for (var process : known) {
      lastSeen = later(lastSeen, process.lastBeat());
    }
    return new RosterEntry(
        known.getLast().id().participant().handle(),
        kind,
        !online.isEmpty(),
        online.isEmpty() ? Reach.LATER : push ? Reach.LIVE : Reach.POLLS,
        topics,
        new PeerPatterns(List.copyOf(patterns)),
        more || patterns.size() > PeerPatterns.MAX,
        earlier(lastSeen, now));
  }

  private static RosterEntry entry(Sender.Kind kind, Sighting seen, Instant now) {
    return new RosterEntry(
        seen.handle(),
        kind,
        false,
        kind == Sender.Kind.AGENT ? Reach.LATER : Reach.READS,
        seen.topics(),
        PeerPatterns.NONE,
        false,
        earlier(seen.at(), now));
  }

  private static boolean isTooLong(Sender sender) {
    return sender.handle().length() > LONGEST_NAME
        || (sender.account() != null && sender.account().length() > LONGEST_NAME);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
