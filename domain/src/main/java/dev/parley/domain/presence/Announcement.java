package dev.parley.domain.presence;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What a process says about itself in a beat.
 *
 * @param topics the topics it follows; those past {@value #MAX_CHARACTERS} characters in all are
 *     left out
 * @param postPatterns what else it may post to
 * @param push whether messages reach its model while it runs
 * @param more whether topics or patterns were left out
 */
@ValueObject
public record Announcement(
    List<TopicName> topics, PeerPatterns postPatterns, boolean push, boolean more) {

  /** How many characters of topic names are kept, counting 32 more for each name. */
  public static final int MAX_CHARACTERS = 32_768;

  /** What each name counts for besides its characters. */
  private static final int NAME_CHARACTERS = 32;

  public Announcement {
    var fitting = fitting(topics);
    more = more || fitting.size() < topics.size();
    topics = fitting;
  }

  /** What a process with these topics announces. */
  public static Announcement of(AllowedTopics allowed, boolean push) {
    var patterns = allowed.postPatterns().stream().map(TopicPattern::toString).toList();
    return new Announcement(
        allowed.subscribed(), new PeerPatterns(patterns), push, patterns.size() > PeerPatterns.MAX);
  }

  /** The same with at most {@code names} topics and patterns in all, topics first. */
  public Announcement cutTo(int names) {
    var expressions = postPatterns.expressions();
    var keptTopics = topics.subList(0, Math.min(names, topics.size()));
    var keptPatterns =
        expressions.subList(0, Math.min(names - keptTopics.size(), expressions.size()));
    var cut = keptTopics.size() + keptPatterns.size() < topics.size() + expressions.size();
    return new Announcement(keptTopics, new PeerPatterns(keptPatterns), push, more || cut);
  }

  /** How much is kept of it, in characters, each name with 32 more. */
  int size() {
    return topics.stream().mapToInt(name -> name.value().length() + NAME_CHARACTERS).sum()
        + postPatterns.expressions().stream()
            .mapToInt(text -> text.length() + NAME_CHARACTERS)
            .sum();
  }

  private static List<TopicName> fitting(List<TopicName> topics) {
    var fitting = new ArrayList<TopicName>();
    var room = MAX_CHARACTERS;
    for (var topic : topics) {
      room -= topic.value().length() + NAME_CHARACTERS;
      if (room < 0) {
        break;
      }
      fitting.add(topic);
    }
    return List.copyOf(fitting);
  }
}
