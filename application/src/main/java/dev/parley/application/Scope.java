package dev.parley.application;

import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an instance may know of others: the topics that it may use itself, and the patterns that
 * match one of its subscribed topics or are among its own. Who shares nothing with it is not there
 * for it. What was found out about a pattern is remembered, since strangers write them.
 */
final class Scope {

  private static final int REMEMBERED = 8_192;

  private final AllowedTopics allowed;
  private final Set<String> ownPatterns;
  private final Map<String, Boolean> shared = new LinkedHashMap<>();

  Scope(AllowedTopics allowed) {
    this.allowed = allowed;
    this.ownPatterns =
        allowed.postPatterns().stream().map(TopicPattern::toString).collect(Collectors.toSet());
  }

  /** One look at the roster. */
  Look look(@Nullable TopicName topic) {
    return new Look(topic);
  }

  /** A look that compiles so many unknown patterns and no more: they may take a while each. */
  final class Look {

    private static final int MOST_COMPILED = 1_000;

    private final @Nullable TopicName topic;
    private final Map<String, Boolean> covering = new HashMap<>();
    private int compiled;

    private Look(@Nullable TopicName topic) {
      this.topic = topic;
    }

    /** Whether some patterns were too many to be judged, and so were passed over. */
    boolean exhausted() {
      return compiled >= MOST_COMPILED;
    }

    /** What may be known of a participant; null when that is nothing. */
    @Nullable RosterEntry at(RosterEntry entry) {
      var topics =
          entry.topics().stream().filter(allowed::allows).collect(Collectors.toUnmodifiableSet());
      var patterns = entry.postPatterns().expressions().stream().filter(this::isShared).toList();
      var nothing = topics.isEmpty() && patterns.isEmpty() && !entry.more();
      if (nothing || !covers(topics, entry.postPatterns().expressions())) {
        return null;
      }
      return new RosterEntry(
          entry.handle(),
          entry.kind(),
          entry.online(),
          entry.reach(),
          topics,
          new PeerPatterns(patterns),
          entry.more(),
          entry.lastSeen());
    }

    private boolean covers(Set<TopicName> topics, List<String> patterns) {
      return topic == null
          || topics.contains(topic)
          || patterns.stream()
              .anyMatch(pattern ->
                  covering.computeIfAbsent(pattern, unknown -> matches(unknown, List.of(topic))));
    }

    private boolean isShared(String pattern) {
      if (ownPatterns.contains(pattern)) {
        return true;
      }
      synchronized (shared) {
        var known = shared.get(pattern);
        if (known == null && !exhausted()) {
          known = matches(pattern, allowed.subscribed());
          shared.put(pattern, known);
          if (shared.size() > REMEMBERED) {
            shared.remove(shared.keySet().iterator().next());
          }
        }
        return Boolean.TRUE.equals(known);
      }
    }

    private boolean matches(String pattern, List<TopicName> names) {
      if (exhausted()) {
        return false;
      }
      compiled++;
      try {
        var compiledPattern = new TopicPattern(pattern);
        return names.stream().anyMatch(compiledPattern::matches);
      } catch (IllegalArgumentException noPattern) {
        return false;
      }
    }
  }
}
