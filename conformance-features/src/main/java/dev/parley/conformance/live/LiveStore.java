package dev.parley.conformance.live;

import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A place on a vendor's real service, of which a bot sees and does what it may: nobody can be made
 * to say something there, nothing gets lost on purpose, and what the service holds for its clients
 * is not to be seen.
 */
public interface LiveStore extends Store {

  @Override
  default Set<Loss> losses() {
    return Set.of();
  }

  @Override
  default void lose(Loss loss, TopicName topic) {
    throw new UnsupportedOperationException("declared as impossible: " + loss);
  }

  @Override
  default List<ForeignRecord> foreignRecords() {
    return List.of();
  }

  @Override
  default Optional<Person> person() {
    return Optional.empty();
  }

  @Override
  default Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  default long serverObjects() {
    return 0;
  }
}
