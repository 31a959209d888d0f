package dev.parley.application;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.Follow;
import dev.parley.ports.outbound.Backend;
import java.util.List;
import org.jmolecules.ddd.annotation.Service;

/** Following: one follower per topic, what it delivers filtered for this session. */
@Service
final class FollowingTopics implements Follow {

  private final AllowedTopics topics;
  private final Backend backend;
  private final Session session;
  private final PushRules rules;
  private final HandOffFolds handOffs;

  FollowingTopics(
      AllowedTopics topics,
      Backend backend,
      Session session,
      PushRules rules,
      HandOffFolds handOffs) {
    this.topics = topics;
    this.backend = backend;
    this.session = session;
    this.rules = rules;
    this.handOffs = handOffs;
  }

  @Override
  public Following follow(List<TopicName> asked, Listener listener) {
    asked.forEach(topics::followed);
    return new LiveFollowing(backend, session, rules, handOffs, asked, listener);
  }
}
