package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The messages of a channel as the domain knows them. */
final class Messages {

  private static final String SYSTEM_REALM = "zulipinternal";
  private static final Pattern QUOTE =
      Pattern.compile(
          "@_\\*\\*[^*]+\\*\\* \\[[^\\]]*\\]\\([^()\\s]*#narrow/[^()\\s]*/near/([0-9]{1,18})\\):");
  private static final Pattern UPLOAD =
      Pattern.compile("!?\\[([^\\]\n]*)\\]\\(([^()\\s]*/user_uploads/[^()\\s]+)\\)");

  private final ZulipSettings settings;
  private final Channel channel;
  private final long ownUserId;
  private final People people;
  private final StoreCursors cursors;

  Messages(ZulipSettings settings, Registration registration, People people) {
    this.settings = settings;
    this.channel = registration.channel();
    this.ownUserId = registration.ownUserId();
    this.people = people;
    this.cursors = channel.cursors(settings);
  }

  Channel channel() {
    return channel;
  }

  StoreCursors cursors() {
    return cursors;
  }

  /** Whether it is Zulip itself that says something, such as that a topic was moved. */
  static boolean isNotice(JsonNode message) {
    return message.path("sender_realm_str").asText().equals(SYSTEM_REALM);
  }

  /** A message of the server as one of a topic. */
  Message read(JsonNode message, TopicName topic, Deadline deadline) {
    var id = message.path("id").asText();
    var content = message.path("content").asText();
    var said = isBridge(message) ? WireText.read(content).orElse(null) : null;
    var text = said == null ? textOfOthers(content) : said.content();
    var blank = text.isBlank();
    return new Message(
        new MessageId(id),
        topic,
        said == null ? sender(message, deadline) : agent(message, said),
        blank ? SharedLayout.placeholder("it has no content") : text,
        cursors.at(id),
        Instant.ofEpochSecond(message.path("timestamp").asLong()),
        said == null ? quoted(content) : said.parent(),
        blank ? Condition.UNREADABLE : condition(message));
  }

  private boolean isBridge(JsonNode message) {
    return isOwn(message)
        || settings.isBridge(
            message.path("sender_id").asLong(), message.path("sender_email").asText());
  }

  private boolean isOwn(JsonNode message) {
    return message.path("sender_id").asLong() == ownUserId;
  }

  private static Sender agent(JsonNode message, WireText.Said said) {
    return new Sender(
        said.by().handle().value(), message.path("sender_id").asText(), said.by().kind());
  }

  /** Who is no agent: a person, or a bot of which nothing is known. */
  private Sender sender(JsonNode message, Deadline deadline) {
    var id = message.path("sender_id").asLong();
    return new Sender(
        MentionNames.handle(message.path("sender_full_name").asText(), id),
        Long.toString(id),
        isBridge(message) ? Sender.Kind.UNVERIFIED : kind(id, deadline));
  }

  private Sender.Kind kind(long id, Deadline deadline) {
    try {
      return people
          .find(id, deadline)
          .filter(account -> !account.bot())
          .map(_ -> Sender.Kind.PERSON)
          .orElse(Sender.Kind.UNVERIFIED);
    } catch (NoAnswer | Refusal | BackendException _) {
      return Sender.Kind.UNVERIFIED;
    }
  }

  /** The message that a person quotes at the beginning of an answer. */
  private static @Nullable MessageId quoted(String content) {
    var quote = QUOTE.matcher(content);
    return quote.lookingAt() ? new MessageId(quote.group(1)) : null;
  }

  private String textOfOthers(String content) {
    return UPLOAD
        .matcher(MentionNames.read(content))
        .replaceAll(m ->
            Matcher.quoteReplacement("[file %s ? %s]".formatted(m.group(1), absolute(m.group(2)))));
  }

  private String absolute(String url) {
    return url.startsWith("/") ? settings.site() + url : url;
  }

  // Servers before Zulip 10 give the time of a move as that of an edit.
  private static Condition condition(JsonNode message) {
    if (!message.has("last_edit_timestamp")) {
      return Condition.ORIGINAL;
    }
    var history = message.path("edit_history");
    if (history.isEmpty()) {
      return Condition.EDITED;
    }
    for (var edit : history) {
      if (edit.has("prev_content")) {
        return Condition.EDITED;
      }
    }
    return Condition.ORIGINAL;
  }
}
