package dev.parley.domain.presence;

import java.time.Duration;
import java.time.Instant;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;

/**
 * What is known of one process of a participant by its beats; the one that came last counts,
 * whatever the clocks say.
 *
 * @param lastBeat when the last beat was said
 * @param gone whether the last beat was a goodbye
 * @param announcement what it last said about itself
 */
@AggregateRoot
public record Presence(
    @Identity PresenceId id, Instant lastBeat, boolean gone, Announcement announcement) {

  /** A process of which the first beat came. */
  public static Presence of(PresenceId id, Beat beat) {
    return new Presence(id, beat.at(), beat.kind() == Beat.Kind.GOODBYE, beat.announcement());
  }

  /** The same after a further beat; a goodbye without topics leaves the known ones. */
  public Presence after(Beat beat) {
    var said = beat.announcement();
    var silent = said.topics().isEmpty() && said.postPatterns().expressions().isEmpty();
    var parting = beat.kind() == Beat.Kind.GOODBYE;
    return new Presence(id, beat.at(), parting, parting && silent ? announcement : said);
  }

  /** Whether the process is there: it said no goodbye, and its last beat is within the time. */
  public boolean isOnline(Instant now, Duration ttl) {
    return !gone && !lastBeat.isBefore(now.minus(ttl));
  }

  /** The same without its topics and patterns. */
  Presence withoutTopics() {
    return new Presence(id, lastBeat, gone, announcement.cutTo(0));
  }
}
