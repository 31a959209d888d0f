package dev.parley.ports.inbound;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/** Following topics live: from the moment of following on, exactly what catching up would give. */
@PrimaryPort
public interface Follow {

  /**
   * Follows topics until closed. Connects in the background.
   *
   * @throws dev.parley.domain.topic.TopicRefused when a topic is not subscribed
   */
  Following follow(List<TopicName> topics, Listener listener);

  /** A running follow; closing twice is fine. */
  interface Following extends AutoCloseable {

    /** Waits until every topic's starting point is fixed, or until the time is over. */
    boolean awaitStarted(Duration atMost) throws InterruptedException;

    @Override
    void close();
  }

  /** Where followed messages go. Calls are serial per topic; a topic waits while its call runs. */
  interface Listener {

    /** One message, in the topic's order. */
    void message(Pushed pushed);

    /** Messages that were held back because too many came: how many in each topic. */
    void heldBack(Map<TopicName, Integer> counts);

    /** Messages of this topic may be gone before they could be pushed. */
    void gap(TopicName topic);

    /** The live path of this topic is down, or never came up; it comes back by itself. */
    void interrupted(TopicName topic, String why);
  }

  /**
   * A followed message.
   *
   * @param ownOfUnknownOutcome whether it is a post of this session whose outcome was unknown
   * @param effect what it did to a hand-off; null when it is no act, or when what it did could not
   *     be read
   */
  record Pushed(Message message, boolean ownOfUnknownOutcome, @Nullable Effect effect) {}
}
