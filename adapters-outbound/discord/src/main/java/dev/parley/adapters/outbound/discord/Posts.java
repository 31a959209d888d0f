package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.discord.Texts.Outgoing;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Posts drafts: through the channel's webhook, where an agent speaks under its own name; what a
 * webhook cannot do, to reply and to post once under a key, the bot does itself, with a header.
 */
final class Posts {

  /** The longest content: what Discord takes, less the longest header. */
  static final ContentLimit LIMIT =
      new ContentLimit(Texts.MOST - TextHeader.LONGEST, ContentLimit.Unit.CODE_POINTS);

  private static final int SUPPRESS_EMBEDS = 1 << 2;
  private static final int NONCE_LENGTH = 25;
  private static final Duration TO_LOOK_UP = Duration.ofSeconds(2);
  private static final Route AS_BOT = Route.custom(Method.POST, "channels/{channel_id}/messages");
  private static final Route BY_WEBHOOK =
      Route.custom(Method.POST, "webhooks/{webhook_id}/{webhook_token}");

  private final Rest rest;
  private final Rest.Sessions sessions;
  private final Channels channels;
  private final Webhooks webhooks;
  private final People people;
  private final ServerClock clock;
  private final Faults faults;
  private final Self self;

  Posts(
      Rest rest,
      Rest.Sessions sessions,
      Channels channels,
      Webhooks webhooks,
      People people,
      ServerClock clock,
      Faults faults,
      Self self) {
    this.rest = rest;
    this.sessions = sessions;
    this.channels = channels;
    this.webhooks = webhooks;
    this.people = people;
    this.clock = clock;
    this.faults = faults;
    this.self = self;
  }

  MessageId post(Draft draft, Deadline deadline) {
    var size = LIMIT.sizeOf(draft.content());
    if (size > LIMIT.size()) {
      throw ContentRejected.tooLong(size, LIMIT);
    }
    var channel = channels.of(draft.topic(), deadline);
    return byWebhook(draft, channel, deadline).orElseGet(() -> asBot(draft, channel, deadline));
  }

  private Optional<MessageId> byWebhook(Draft draft, Channel channel, Deadline deadline) {
    if (draft.parent() != null
        || draft.key() != null
        || self.kind() != Sender.Kind.AGENT
        || !Webhooks.allows(self.handle())) {
      return Optional.empty();
    }
    var session = sessions.session(deadline);
    var webhook = webhooks.of(channel, session, deadline);
    if (webhook.isEmpty()) {
      return Optional.empty();
    }
    var outgoing = outgoing(draft, channel, Texts.MOST, deadline);
    var json = common(outgoing.text(), outgoing.users()).put("username", self.handle().value());
    var route =
        BY_WEBHOOK
            .compile(webhook.get().id(), webhook.get().token())
            .withQueryParams("wait", "true");
    var answer = sent(route, new PostBody(json.toString(), false), deadline);
    if (answer.isOk()) {
      return Optional.of(idOf(answer));
    }
    if (answer.code() == Answer.UNKNOWN_WEBHOOK
        || answer.code() == Answer.INVALID_WEBHOOK_TOKEN
        || answer.isAbout("username")) {
      // It was removed, or the name is one that Discord does not take: nothing was posted.
      webhooks.forget(channel);
      return Optional.empty();
    }
    throw faults.refused(answer, channel.topic().value(), channel.id());
  }

  private MessageId asBot(Draft draft, Channel channel, Deadline deadline) {
    var header = TextHeader.write(self.handle(), self.kind(), "");
    var outgoing = outgoing(draft, channel, Texts.MOST - header.length(), deadline);
    var json =
        common(header + outgoing.text(), outgoing.users())
            .put("nonce", nonce(draft))
            .put("enforce_nonce", true);
    var parent = draft.parent();
    if (parent != null) {
      json.put("message_reference", reference(parent, channel));
    }
    var route = AS_BOT.compile(Long.toUnsignedString(channel.id()));
    var answer = sent(route, new PostBody(json.toString(), true), deadline);
    if (!answer.isOk()) {
      throw faults.refused(answer, channel.topic().value(), channel.id());
    }
    return idOf(answer);
  }

  private Outgoing outgoing(Draft draft, Channel channel, int room, Deadline deadline) {
    var lookUp = deadline.atMost(TO_LOOK_UP);
    return Texts.outgoing(
        stripped(draft.content()),
        room,
        name -> people.idOf(name, Set.of(channel.guild()), lookUp));
  }

  // Discord takes blanks off both ends; behind a header those in front would stay.
  private static String stripped(String content) {
    var start = 0;
    var end = content.length();
    while (start < end && isBlank(content.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(content.charAt(end - 1))) {
      end--;
    }
    return content.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Nobody is notified but these users, and no link is unfurled. */
  private static DataObject common(String text, Set<Long> users) {
    var notified = DataArray.empty();
    users.forEach(user -> notified.add(Long.toUnsignedString(user)));
    return DataObject.empty()
        .put("content", text)
        .put("flags", SUPPRESS_EMBEDS)
        .put(
            "allowed_mentions",
            DataObject.empty().put("parse", DataArray.empty()).put("users", notified));
  }

  private DataObject reference(MessageId parent, Channel channel) {
    var id =
        Snowflake.parse(parent.value())
            .orElseThrow(() ->
                new ContentRejected(
                    "'%s' is no message of Discord, so that it cannot be replied to; nothing was posted"
                        .formatted(parent.value())));
    return DataObject.empty()
        .put("type", 0)
        .put("message_id", Long.toUnsignedString(id))
        .put("channel_id", Long.toUnsignedString(channel.id()))
        .put("fail_if_not_exists", true);
  }

  /** What Discord knows a repetition by for a few minutes, among all posts of the bot. */
  private String nonce(Draft draft) {
    var key = draft.key();
    if (key == null) {
      return UUID.randomUUID().toString().replace("-", "").substring(0, NONCE_LENGTH);
    }
    try {
      var whole = String.join("\0", self.handle().value(), draft.topic().value(), key.value());
      var digest =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(digest).substring(0, NONCE_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private Answer sent(Route.CompiledRoute route, PostBody body, Deadline deadline) {
    try {
      var answer = rest.send(deadline, route, body);
      if (answer.isServerFault()) {
        throw faults.unknownOutcome(null);
      }
      return answer;
    } catch (Unanswered unanswered) {
      throw unanswered.mayHaveArrived()
          ? faults.unknownOutcome(unanswered.getCause())
          : faults.unavailable(unanswered.getCause());
    }
  }

  private MessageId idOf(Answer answer) {
    try {
      var id = answer.object().getUnsignedLong("id");
      clock.isAtLeast(Snowflake.millisOf(id));
      return new MessageId(Long.toUnsignedString(id));
    } catch (ParsingException unreadable) {
      throw faults.unknownOutcome(unreadable);
    }
  }
}
