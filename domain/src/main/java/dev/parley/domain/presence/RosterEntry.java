package dev.parley.domain.presence;

import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.Set;

/**
 * One participant as the roster shows it.
 *
 * @param handle the name as it was read last
 * @param topics what its processes follow, those online first of all; for one without beats, the
 *     subscribed topics in which it was seen
 * @param more whether it has topics or patterns that are not listed
 * @param lastSeen when it last beat or posted, never after the moment of asking
 */
public record RosterEntry(
    String handle,
    Sender.Kind kind,
    boolean online,
    Reach reach,
    Set<TopicName> topics,
    PeerPatterns postPatterns,
    boolean more,
    Instant lastSeen) {

  public RosterEntry {
    topics = Set.copyOf(topics);
  }

  /** Whether the participant follows the topic, was seen in it or may post to it. */
  public boolean covers(TopicName topic) {
    return topics.contains(topic) || postPatterns.matches(topic);
  }
}
