package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Streams.Known;
import dev.parley.adapters.outbound.nats.Unanswered.Why;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Self;
import io.nats.client.impl.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Publishes messages into their streams, and waits until they are stored. */
final class Posts {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int ROOM_FOR_FIELDS = 4_096;

  private final Link link;
  private final Requests requests;
  private final Streams streams;
  private final Faults faults;
  private final Self self;
  private final Duration timeout;

  Posts(Link link, Requests requests, Streams streams, Faults faults, Self self, Duration timeout) {
    this.link = link;
    this.requests = requests;
    this.streams = streams;
    this.faults = faults;
    this.self = self;
    this.timeout = timeout;
  }

  /** The longest content that a server takes, whatever quotes and line ends it holds. */
  static ContentLimit limit(@Nullable Session session) {
    var declared = NatsPlugin.CONTENT_LIMIT;
    if (session == null) {
      return declared;
    }
    var fits = Math.max(1, (session.server().maxPayload() - ROOM_FOR_FIELDS) / 2);
    return fits >= declared.size() ? declared : new ContentLimit((int) fits, declared.unit());
  }

  /**
   * Stores a draft. One with a key is published again while nobody confirms it, because its stream
   * keeps the first of them only; one without is published once.
   */
  MessageId post(Draft draft) {
    refuseIfTooLong(draft, NatsPlugin.CONTENT_LIMIT);
    var deadline = Deadline.in(timeout);
    Unanswered open = null;
    while (true) {
      try {
        if (open != null) {
          link.awaitRecovery(deadline);
        }
        var known =
            requests.ask(
                deadline,
                streams.nameOf(draft.topic()),
                (session, attempt) -> streams.ensure(session, draft.topic(), attempt));
        return publish(
            known, draft, draft.key() == null ? deadline : deadline.ofAttempt(Requests.ATTEMPTS));
      } catch (Unanswered unanswered) {
        open = unanswered.mayHaveArrived() ? unanswered : open;
        if (mustEnd(draft, unanswered, open, deadline)) {
          throw open == null ? faults.ofPost(unanswered) : faults.outcomeUnknown(open);
        }
        afterRefusal(draft, unanswered);
      } catch (BackendException fault) {
        throw open == null ? fault : faults.outcomeUnknown(open);
      }
    }
  }

  private static boolean mustEnd(
      Draft draft, Unanswered last, @Nullable Unanswered open, Deadline deadline) {
    return deadline.isOver()
        || last.why() == Why.INTERRUPTED
        || (open != null && draft.key() == null);
  }

  /** Nobody takes the subject: the stream was deleted, or is electing a leader. */
  private void afterRefusal(Draft draft, Unanswered unanswered) {
    streams.forget(draft.topic());
    var session = link.current();
    if (unanswered.why() == Why.NO_RESPONDERS && session != null) {
      session.pause(PAUSE);
    }
  }

  private MessageId publish(Known known, Draft draft, Deadline deadline) throws Unanswered {
    var session = known.session();
    var subject = streams.subjectOf(draft.topic());
    if (!known.stream().takes(subject)) {
      throw faults.foreignSubject(known.stream(), subject);
    }
    refuseIfTooLong(draft, limit(session));
    var payload =
        Records.write(self, draft.content(), known.place().stored(draft.parent()), Instant.now());
    if (payload.length + ROOM_FOR_FIELDS / 2 > session.server().maxPayload()) {
      throw new ContentRejected(
          "the content has %,d bytes as JSON and the server takes about %,d; nothing was posted: shorten it or post it in parts"
              .formatted(payload.length, session.server().maxPayload() - ROOM_FOR_FIELDS / 2));
    }
    var answer = session.request(subject, headersOf(draft), payload, deadline);
    try {
      return idOf(known, StreamApi.read(answer.getData()));
    } catch (ApiError error) {
      return refused(known, draft, error);
    }
  }

  private @Nullable Headers headersOf(Draft draft) {
    var key = draft.key();
    // A key belongs to its sender; a header holds ASCII only.
    return key == null
        ? null
        : new Headers()
            .put(
                "Nats-Msg-Id",
                self.handle() + "/" + URLEncoder.encode(key.value(), StandardCharsets.UTF_8));
  }

  private MessageId idOf(Known known, Json ack) {
    var sequence = ack.number("seq", 0);
    // A sequence that had been given before belongs to a stream made anew.
    var duplicate = ack.flag("duplicate");
    var place =
        duplicate || sequence > known.stream().lastSeq()
            ? known.place()
            : requests
                .ask(
                    Deadline.in(timeout),
                    known.stream().name(),
                    (session, attempt) ->
                        streams.findOrCreate(session, known.place().topic(), attempt))
                .place();
    return place.idOf(sequence);
  }

  private MessageId refused(Known known, Draft draft, ApiError error) throws Unanswered {
    switch (error.errorCode()) {
      case ApiError.DUPLICATE_IN_PROCESS -> throw new Unanswered(Why.NO_RESPONDERS);
      case ApiError.MESSAGE_TOO_LARGE ->
          throw new ContentRejected(
              "the content has %,d UTF-8 bytes and the stream %s takes at most %,d with its fields; nothing was posted: shorten it or post it in parts"
                  .formatted(
                      NatsPlugin.CONTENT_LIMIT.sizeOf(draft.content()),
                      known.stream().name(),
                      known.stream().maxMessageSize()));
      default -> throw faults.of(error, known.stream().name());
    }
  }

  private static void refuseIfTooLong(Draft draft, ContentLimit limit) {
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
  }
}
