package dev.parley.adapters.inbound.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open sessions of the legacy era: so many at most, and none that was left long ago. */
final class LegacySessions {

  private static final int MOST = 1_000;
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final Map<String, LegacySession> sessions = new ConcurrentHashMap<>();
  private boolean over;

  /**
   * Adds a session; where there are too many already, the one that was idle for longest ends.
   *
   * @return false when all of them are in use, or the server stops
   */
  synchronized boolean add(LegacySession session) {
    if (over || (sessions.size() >= MOST && !endLongestIdle())) {
      return false;
    }
    sessions.put(session.id(), session);
    return true;
  }

  private boolean endLongestIdle() {
    var longest =
        sessions.values().stream()
            .filter(LegacySession::isIdle)
            .min(Comparator.comparingLong(LegacySession::usedAt));
    longest.ifPresent(session -> end(session.id()));
    return longest.isPresent();
  }

  /** The session of this id, if it is one of this principal's; null otherwise. */
  @Nullable LegacySession find(String id, String principal) {
    var session = sessions.get(id);
    if (session == null || !session.belongsTo(principal)) {
      return null;
    }
    session.touch();
    return session;
  }

  void end(String id) {
    var session = sessions.remove(id);
    if (session != null) {
      session.close();
    }
  }

  /** Ends the sessions that nobody used for long. */
  void endIdle() {
    var limit = System.nanoTime() - IDLE.toNanos();
    sessions.values().stream()
        .filter(session -> session.isIdle() && session.usedAt() - limit < 0)
        .forEach(session -> end(session.id()));
  }

  int count() {
    return sessions.size();
  }

  int streams() {
    return Math.toIntExact(sessions.values().stream().filter(LegacySession::isListening).count());
  }

  /** Ends every session. Clients that read nothing hold up nobody else. */
  synchronized void endAll() {
    over = true;
    sessions.keySet().forEach(id -> Thread.ofVirtual().name("end").start(() -> end(id)));
  }
}
