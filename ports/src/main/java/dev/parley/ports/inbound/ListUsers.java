package dev.parley.ports.inbound;

import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/** Who else is there, and what may happen to a message to them. */
@PrimaryPort
public interface ListUsers {

  /**
   * The participants that share a topic with this instance, those online first, then those seen
   * last. A backend that does not answer is told by {@link Users#caveat()}, not thrown.
   *
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not use the query's topic
   * @throws InterruptedException when the waiting was cancelled
   */
  Users users(Query query) throws InterruptedException;

  /**
   * Whom to list.
   *
   * @param filter whose handle has to match, or null for everybody
   * @param topic what they have to follow, to be seen in or to be able to post to, or null
   * @param onlineOnly whether they have to be online
   * @param seenSince when they were last seen at the earliest, or null
   * @param limit the most participants, at least 1
   * @param patience how long to wait until the presence topic was read up to now
   */
  record Query(
      @Nullable SenderGlob filter,
      @Nullable TopicName topic,
      boolean onlineOnly,
      @Nullable Instant seenSince,
      int limit,
      Duration patience) {

    /** From here on, milliseconds are a moment since 1970; less are a stretch of time up to now. */
    private static final long FIRST_MOMENT = 100_000_000_000L;

    /** What milliseconds mean: so long before now, or a moment since 1970. */
    public static Instant since(long millis, Instant now) {
      return millis < FIRST_MOMENT
          ? now.minus(Duration.ofMillis(millis))
          : Instant.ofEpochMilli(millis);
    }
  }

  /**
   * Who was found.
   *
   * @param entries topics and patterns in them are only those that this instance may know
   * @param truncated whether there are more participants than the limit, or than could be judged
   * @param caveat what is not known, and why, in one sentence; null when the list is complete
   */
  record Users(List<RosterEntry> entries, boolean truncated, @Nullable String caveat) {

    public Users {
      entries = List.copyOf(entries);
    }
  }
}
