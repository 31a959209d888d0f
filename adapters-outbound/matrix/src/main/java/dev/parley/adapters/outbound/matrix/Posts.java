package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages. Each has a transaction id, under which the homeserver stores it once for the
 * device of this instance: so a post without an answer is sent again while there is time.
 */
final class Posts {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Rooms rooms;
  private final Account account;
  private final Members members;
  private final Faults faults;
  private final Self self;
  private final Content content;
  private final Duration timeout;

  Posts(Rooms rooms, Account account, Members members, Faults faults, Self self, Duration timeout) {
    this.rooms = rooms;
    this.account = account;
    this.members = members;
    this.faults = faults;
    this.self = self;
    this.content = new Content(self);
    this.timeout = timeout;
  }

  MessageId post(Draft draft) {
    var limit = MatrixPlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    return new Attempts(draft).run();
  }

  private String transaction(Draft draft) {
    var key = draft.key();
    // A key belongs to its sender.
    return key == null
        ? UUID.randomUUID().toString()
        : UUID.nameUUIDFromBytes(
                (self.handle() + "/" + key.value()).getBytes(StandardCharsets.UTF_8))
            .toString();
  }

  /** The attempts at one post. */
  private final class Attempts {

    private final Draft draft;
    private final String transaction;
    private final Deadline deadline = Deadline.in(timeout);
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private @Nullable Exception open;
    private boolean enteredAnew;

    Attempts(Draft draft) {
      this.draft = draft;
      this.transaction = transaction(draft);
    }

    MessageId run() {
      while (true) {
        try {
          return send(rooms.findOrCreate(draft.topic(), deadline));
        } catch (NoAnswer noAnswer) {
          endUnlessTimeIsLeft(faults.of(noAnswer));
        } catch (BackendException fault) {
          throw open == null ? fault : faults.outcomeUnknown(open);
        }
        LockSupport.parkNanos(
            Math.min(backoff.next().toNanos(), Math.max(0, deadline.left().toNanos())));
      }
    }

    private void endUnlessTimeIsLeft(BackendException fault) {
      if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
        throw open == null ? fault : faults.outcomeUnknown(open);
      }
    }

    private MessageId send(Room room) throws NoAnswer {
      try {
        var mentioned = members.mentioned(room, draft.content(), deadline);
        var event = content.of(draft, mentioned);
        var bytes = Json.bytes(event).length;
        if (bytes > Content.MOST_BYTES) {
          throw new ContentRejected(
              "the content has %,d bytes as JSON and a Matrix event holds about %,d; nothing was posted: shorten it or post it in parts"
                  .formatted(bytes, Content.MOST_BYTES));
        }
        return put(
            Call.put("%s/send/m.room.message/%s".formatted(room.path(), transaction), event));
      } catch (Refused refused) {
        return afterRefusal(room, refused);
      }
    }

    private MessageId put(Call call) throws NoAnswer, Refused {
      try {
        return new MessageId(account.ask(call, deadline.ofAttempt(2)).path("event_id").asText());
      } catch (NoAnswer noAnswer) {
        open = noAnswer.perhapsSent() ? noAnswer : open;
        throw noAnswer;
      } catch (Refused refused) {
        open = refused.isServerFault() ? refused : open;
        throw refused;
      } catch (RateLimited limited) {
        // Too long for this attempt, but perhaps not for the post.
        if (limited.retryAfter().compareTo(deadline.left()) >= 0) {
          throw limited;
        }
        LockSupport.parkNanos(limited.retryAfter().toNanos());
        return put(call);
      }
    }

    private MessageId afterRefusal(Room room, Refused refused) throws NoAnswer {
      if (refused.isServerFault()) {
        endUnlessTimeIsLeft(faults.of(refused, "post"));
        LockSupport.parkNanos(backoff.next().toNanos());
        return send(room);
      }
      if (refused.is(Refused.TOO_LARGE)) {
        throw new ContentRejected(
            "the content is too long for one event of this homeserver (%s); nothing was posted: shorten it or post it in parts"
                .formatted(refused.words()));
      }
      if (refused.is(Refused.FORBIDDEN) && !enteredAnew) {
        // The room may have been closed, or replaced by another.
        enteredAnew = true;
        rooms.forget(draft.topic());
        return send(rooms.findOrCreate(draft.topic(), deadline));
      }
      throw faults.inRoom(room, refused, "post");
    }
  }
}
