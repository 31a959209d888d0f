package dev.parley.domain.topic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * Which topics this participant may use: the subscribed ones, and those that a post pattern
 * matches. The presence topic is reserved on every path. Nothing is allowed by default.
 */
@ValueObject
public final class AllowedTopics {

  private static final int NAMED_IN_ERRORS = 20;

  private final Set<TopicName> subscribed;
  private final List<TopicPattern> postPatterns;
  private final TopicName presenceTopic;

  /**
   * Sets the bounds.
   *
   * @throws IllegalArgumentException when the presence topic is among the subscribed ones
   */
  public AllowedTopics(
      List<TopicName> subscribed, List<TopicPattern> postPatterns, TopicName presenceTopic) {
    if (subscribed.contains(presenceTopic)) {
      throw new IllegalArgumentException(
          "topic '%s' is reserved for presence and cannot be subscribed".formatted(presenceTopic));
    }
    this.subscribed = new LinkedHashSet<>(subscribed);
    this.postPatterns = List.copyOf(postPatterns);
    this.presenceTopic = presenceTopic;
  }

  /**
   * The topic of this name, to read from or post to.
   *
   * @throws TopicRefused when it is reserved or not allowed
   */
  public Topic usable(TopicName name) {
    if (name.equals(presenceTopic)) {
      throw new TopicRefused("topic '%s' is reserved for presence".formatted(name));
    }
    if (subscribed.contains(name)) {
      return new Topic(name, Topic.Access.SUBSCRIBED);
    }
    if (isMatched(name)) {
      return new Topic(name, Topic.Access.POST_ONLY);
    }
    throw new TopicRefused(
        "topic '%s' is not configured for this instance; it may use: %s"
            .formatted(name, describe()));
  }

  /** Whether the topic of this name may be read from and posted to. */
  public boolean allows(TopicName name) {
    return !name.equals(presenceTopic) && (subscribed.contains(name) || isMatched(name));
  }

  private boolean isMatched(TopicName name) {
    return postPatterns.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /**
   * The topic of this name, to be caught up with.
   *
   * @throws TopicRefused when it is not subscribed
   */
  public Topic followed(TopicName name) {
    var topic = usable(name);
    if (!topic.subscribed()) {
      throw new TopicRefused(
          "topic '%s' is not subscribed by this instance, so nothing in it counts as unread; read it by its history instead"
              .formatted(name));
    }
    return topic;
  }

  /** The subscribed topics, in the order they were configured. */
  public List<TopicName> subscribed() {
    return List.copyOf(subscribed);
  }

  /** The patterns that widen posting and fetching. */
  public List<TopicPattern> postPatterns() {
    return postPatterns;
  }

  /** The topic that carries presence. */
  public TopicName presenceTopic() {
    return presenceTopic;
  }

  private String describe() {
    var names =
        subscribed.stream()
            .limit(NAMED_IN_ERRORS)
            .map(TopicName::value)
            .collect(Collectors.joining(", "));
    var more = subscribed.size() - NAMED_IN_ERRORS;
    var listed = more > 0 ? "%s and %d more".formatted(names, more) : names;
    if (postPatterns.isEmpty()) {
      return listed.isEmpty() ? "none" : listed;
    }
    var patterns =
        postPatterns.stream()
            .limit(NAMED_IN_ERRORS)
            .map(TopicPattern::toString)
            .collect(Collectors.joining(", "));
    return (listed.isEmpty() ? "" : listed + "; and ") + "names matching " + patterns;
  }
}
