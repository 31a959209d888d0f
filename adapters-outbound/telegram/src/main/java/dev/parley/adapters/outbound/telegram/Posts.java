package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.telegram.CallFailed.PerhapsDone;
import dev.parley.adapters.outbound.telegram.CallFailed.Refused;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.outbound.Self;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;

/** Posts as the bot, in the name of a handle: intent, Telegram, store, in this order. */
final class Posts {

  private static final Duration WITHOUT_ADVICE = Duration.ofSeconds(1);
  private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);
  private static final Pattern ID = Pattern.compile("(-?[0-9]{1,18}):([0-9]{1,9})");

  private final BotApi api;
  private final StoreFile store;
  private final Readiness readiness;
  private final TelegramSettings settings;
  private final Faults faults;
  private final Self self;

  Posts(
      BotApi api,
      StoreFile store,
      Readiness readiness,
      TelegramSettings settings,
      Faults faults,
      Self self) {
    this.api = api;
    this.store = store;
    this.readiness = readiness;
    this.settings = settings;
    this.faults = faults;
    this.self = self;
  }

  /**
   * A post on its way.
   *
   * @param chat the chat's id as it is now
   */
  private record Prepared(long intent, long chat, OutgoingText text) {}

  MessageId post(Draft draft) {
    var limit = TelegramPlugin.CONTENT_LIMIT;
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    var mapped = settings.chatOf(draft.topic());
    readiness.awaitStart();
    var deadline = Instant.now().plus(settings.timeout());
    readiness.require(mapped);
    var prepared = prepare(draft, mapped, deadline);
    var sent = send(draft, prepared, deadline);
    return keep(draft, prepared.intent(), sent);
  }

  private Prepared prepare(Draft draft, long mapped, Instant deadline) {
    return store.write((connection, _) -> {
      var room = Rooms.roomOf(connection, mapped);
      return new Prepared(
          Intents.begin(connection, room, draft, self, deadline.plus(LEFT_BEHIND)),
          Rooms.chatOf(connection, room),
          OutgoingText.of(self.handle(), draft.content(), People.withoutUsername(connection)));
    });
  }

  private ObjectNode send(Draft draft, Prepared prepared, Instant deadline) {
    try {
      return send(prepared, prepared.chat(), draft.parent(), deadline);
    } catch (PerhapsDone unclear) {
      store.write((connection, _) -> {
        Intents.unknown(connection, prepared.intent());
        return true;
      });
      throw faults.ofPost(unclear, prepared.chat());
    } catch (CallFailed notDone) {
      forget(prepared);
      throw faults.ofPost(notDone, prepared.chat());
    } catch (BackendException notDone) {
      forget(prepared);
      throw notDone;
    }
  }

  private void forget(Prepared prepared) {
    store.write((connection, _) -> {
      Intents.settled(connection, prepared.intent());
      return true;
    });
  }

  /** Sends; again only after an answer that says that nothing was posted. */
  private ObjectNode send(
      Prepared prepared, long chat, @Nullable MessageId parent, Instant deadline) {
    while (true) {
      try {
        return api.ask(
            request(chat, prepared.text(), parent), Duration.between(Instant.now(), deadline));
      } catch (Refused refused) {
        if (refused.movedTo() != null && refused.movedTo() != chat) {
          return follow(prepared, chat, refused.movedTo(), parent, deadline);
        }
        if (refused.code() != Faults.TOO_MANY_REQUESTS) {
          throw refused;
        }
        waitAsAsked(refused, deadline);
      }
    }
  }

  private ObjectNode follow(
      Prepared prepared, long from, long to, @Nullable MessageId parent, Instant deadline) {
    store.write((connection, _) -> {
      Rooms.move(connection, from, to);
      return true;
    });
    return send(prepared, to, parent, deadline);
  }

  private void waitAsAsked(Refused refused, Instant deadline) {
    var wait =
        refused.retryAfter() == null ? WITHOUT_ADVICE : Duration.ofSeconds(refused.retryAfter());
    if (Instant.now().plus(wait).isAfter(deadline)) {
      throw faults.rateLimited(refused);
    }
    var until = System.nanoTime() + wait.toNanos();
    for (var left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
      if (Thread.currentThread().isInterrupted()) {
        throw faults.rateLimited(refused);
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private static SendMessage request(long chat, OutgoingText text, @Nullable MessageId parent) {
    return SendMessage.builder()
        .chatId(chat)
        .text(text.text())
        .entities(text.entities())
        .linkPreviewOptions(LinkPreviewOptions.builder().isDisabled(true).build())
        .replyParameters(replyTo(chat, parent))
        .build();
  }

  // A parent that Telegram cannot show there, as one from before the chat moved, is kept here only.
  private static @Nullable ReplyParameters replyTo(long chat, @Nullable MessageId parent) {
    if (parent == null) {
      return null;
    }
    var id = ID.matcher(parent.value());
    return id.matches() && Long.parseLong(id.group(1)) == chat
        ? ReplyParameters.builder()
            .messageId(Integer.valueOf(id.group(2)))
            .allowSendingWithoutReply(true)
            .build()
        : null;
  }

  private MessageId keep(Draft draft, long intent, ObjectNode sent) {
    var chat = sent.path("chat").path("id").asLong();
    var id = Observed.id(chat, sent.path("message_id").asLong());
    var posted =
        new Observed(
            chat,
            id,
            new Sender(self.handle().value(), null, self.kind()),
            draft.content(),
            Instant.ofEpochSecond(sent.path("date").asLong()),
            draft.parent() == null ? null : draft.parent().value(),
            Condition.ORIGINAL);
    try {
      return store.write((connection, _) -> {
        Intents.settled(connection, intent);
        Appending.post(connection, posted);
        return new MessageId(id);
      });
    } catch (BackendException storeFailed) {
      throw new OutcomeUnknown(
          "the post is in the chat, and the store could not keep it, so other agents may not see"
              + " it: do not repeat it; "
              + storeFailed.getMessage(),
          storeFailed);
    }
  }
}
