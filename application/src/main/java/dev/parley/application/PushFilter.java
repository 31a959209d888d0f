package dev.parley.application;

import dev.parley.application.Session.Origin;
import dev.parley.domain.handoff.Act;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.Follow.Listener;
import dev.parley.ports.inbound.Follow.Pushed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a follower and a listener: drops what the session knows or does not want, and
 * holds back what is too much. The follower's position moves past all of it.
 */
final class PushFilter implements TopicFollower.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(PushFilter.class);

  private final TopicName topic;
  private final Session session;
  private final PushRules rules;
  private final HandOffFolds handOffs;
  private final Flood flood;
  private final Listener listener;

  PushFilter(
      TopicName topic,
      Session session,
      PushRules rules,
      HandOffFolds handOffs,
      Flood flood,
      Listener listener) {
    this.topic = topic;
    this.session = session;
    this.rules = rules;
    this.handOffs = handOffs;
    this.flood = flood;
    this.listener = listener;
  }

  @Override
  public void message(Message message) throws InterruptedException {
    var origin = session.originOf(message);
    var unknownOwn = origin == Origin.OWN_OF_UNKNOWN_OUTCOME;
    if (origin == Origin.OWN || session.wasShown(message.id())) {
      return;
    }
    if (!unknownOwn && !rules.admitsSender(message)) {
      return;
    }
    var isAct = Act.in(message).isPresent();
    var effect = isAct ? handOffs.effectOf(message).orElse(null) : null;
    var unreadable = isAct && effect == null;
    if (!unknownOwn && !unreadable && !rules.wants(message, effect)) {
      return;
    }
    if (flood.admit(topic)) {
      // Before it is handed over, so that whoever catches up on hearing of it finds it flagged.
      session.push(message);
      tell(() -> listener.message(new Pushed(message, unknownOwn, effect)));
    }
    if (isAct) {
      handOffs.storeSoon(topic);
    }
  }

  @Override
  public void gap() {
    tell(() -> listener.gap(topic));
  }

  @Override
  public void interrupted(BackendException why) {
    tell(() -> listener.interrupted(topic, String.valueOf(why.getMessage())));
  }

  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("A listener failed on topic {}; following goes on", topic, e);
    }
  }
}
