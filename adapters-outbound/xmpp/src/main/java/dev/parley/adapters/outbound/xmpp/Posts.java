package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.outbound.Self;
import java.time.Duration;

/**
 * Says something in a room, and waits until the room has passed it on, which it archives before.
 */
final class Posts {

  private final Link link;
  private final Faults faults;
  private final Writing writing;
  private final Duration timeout;

  Posts(Link link, Faults faults, Self self, Duration timeout) {
    this.link = link;
    this.faults = faults;
    this.writing = new Writing(self);
    this.timeout = timeout;
  }

  /** Posts once; again only when it surely was not taken. */
  MessageId post(Draft draft, Room room) {
    refuseIfTooLong(draft);
    var deadline = Deadline.in(timeout);
    while (true) {
      var session = link.session(deadline);
      Membership membership;
      try {
        membership = room.enter(session, deadline);
      } catch (Refused refused) {
        throw faults.ofEntering(refused, room.address());
      } catch (Unanswered unanswered) {
        if (deadline.isOver() || unanswered.why() == Unanswered.Why.INTERRUPTED) {
          throw faults.of(unanswered);
        }
        continue;
      }
      try {
        return say(draft, room, membership, deadline);
      } catch (Refused refused) {
        if (deadline.isOver() || !isForgotten(refused)) {
          throw faults.ofPost(refused, room.address());
        }
        room.ended(membership);
      } catch (Unanswered unanswered) {
        if (unanswered.mayHaveArrived()) {
          throw faults.outcomeUnknown(unanswered);
        }
      }
    }
  }

  private MessageId say(Draft draft, Room room, Membership membership, Deadline deadline)
      throws Unanswered, Refused {
    var session = membership.session();
    var id = Session.newId();
    var message = writing.message(id, draft, room, membership.occupants());
    var outcome = room.expect(id);
    if (session.hasEnded()) {
      outcome.cancel(false);
      throw new Unanswered(Unanswered.Why.NOT_SENT);
    }
    try {
      session.send(message);
    } catch (Unanswered unanswered) {
      outcome.cancel(false);
      throw unanswered;
    }
    var echo = session.await(outcome, deadline);
    return room.reading()
        .archiveId(echo)
        .map(MessageId::new)
        .orElseThrow(() -> faults.noArchive(room.address()));
  }

  /** Whether the room does not know that we are in, or there is none any more. */
  private static boolean isForgotten(Refused refused) {
    return refused.is("not-acceptable") || refused.is("item-not-found");
  }

  private static void refuseIfTooLong(Draft draft) {
    var limit = XmppPlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
  }
}
