package dev.parley.ports.inbound;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Set;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/** Showing which hand-offs there are and how they stand. */
@PrimaryPort
public interface ShowHandOffs {

  /**
   * The hand-offs that are asked for, the open ones first, then the one changed last first.
   *
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not read there
   * @throws dev.parley.ports.BackendException when the backend did not answer
   */
  Listing list(Query query);

  /**
   * The hand-offs of this id in the subscribed topics and in those that this session has asked
   * about; ids are unique within a topic only.
   *
   * @throws dev.parley.ports.BackendException when the backend did not answer
   */
  List<HandOff> find(HandOffId id);

  /**
   * What to show.
   *
   * @param topic where, or null for the subscribed topics and those that this session asked about
   * @param states in which states; empty for all
   * @param mine only what this participant offered, is meant by, or works on
   */
  record Query(@Nullable TopicName topic, Set<HandOffState.Kind> states, boolean mine) {
    public Query {
      states = Set.copyOf(states);
    }
  }

  /**
   * What there is.
   *
   * @param truncated whether there may be others that are not known here
   * @param notes what a reader should know about how this was found, each a sentence without a full
   *     stop and told once
   */
  record Listing(List<HandOff> handOffs, boolean truncated, List<String> notes) {
    public Listing {
      handOffs = List.copyOf(handOffs);
      notes = List.copyOf(notes);
    }
  }
}
