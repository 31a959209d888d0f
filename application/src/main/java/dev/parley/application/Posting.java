package dev.parley.application;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.PostedIds;
import org.jmolecules.ddd.annotation.Service;

/** Posting: the session remembers what it posted, so that nothing comes back to it as news. */
@Service
final class Posting implements PostMessage {

  private final AllowedTopics topics;
  private final Backend backend;
  private final Session session;
  private final PostedIds postedIds;
  private final HandOffFolds handOffs;

  Posting(
      AllowedTopics topics,
      Backend backend,
      Session session,
      PostedIds postedIds,
      HandOffFolds handOffs) {
    this.topics = topics;
    this.backend = backend;
    this.session = session;
    this.postedIds = postedIds;
    this.handOffs = handOffs;
  }

  @Override
  public MessageId post(Draft draft) {
    topics.usable(draft.topic());
    if (Act.in(draft.content()).isPresent()) {
      handOffs.of(draft.topic()).begin();
    }
    try (var flight = session.posting(draft)) {
      try {
        var id = backend.post(draft);
        flight.stored(id);
        postedIds.add(id);
        return id;
      } catch (OutcomeUnknown e) {
        flight.outcomeUnknown();
        throw e;
      }
    }
  }
}
