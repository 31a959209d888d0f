package dev.parley.ports.outbound;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.StateUnavailable;
import java.util.List;
import java.util.Optional;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * Where the hand-offs of a topic are kept together with how far they were read, so that a session
 * need not read the topic from its beginning. What is lost here can be read again; safe for several
 * processes at once, of which the last one that saves wins.
 */
@SecondaryPort
public interface HandOffProjections {

  /**
   * What was saved for a topic of a store, if anything.
   *
   * @param store which backend, and where
   * @throws StateUnavailable when it cannot be read or is damaged
   */
  Optional<Projection> find(String store, TopicName topic);

  /**
   * Saves, in place of what was saved before.
   *
   * @throws StateUnavailable when it cannot be written
   */
  void save(String store, TopicName topic, Projection projection);

  /**
   * The hand-offs of a topic at a place in its order.
   *
   * @param cursor the place: what follows it is not in yet
   * @param handOffs in the order in which they were changed, the last one at the end
   * @param truncated whether there may be open ones that are not among them
   */
  record Projection(Cursor cursor, List<HandOff> handOffs, boolean truncated) {
    public Projection {
      handOffs = List.copyOf(handOffs);
    }
  }
}
