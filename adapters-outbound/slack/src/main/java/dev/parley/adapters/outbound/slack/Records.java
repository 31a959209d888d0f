package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a topic's channel as messages. */
final class Records {

  /** The type of the metadata that Parley gives its messages. */
  static final String METADATA = "parley_message";

  static final String HANDLE = "handle";
  static final String KIND = "kind";
  static final String PARENT = "parent";
  static final String TEXT = "text";

  private static final String DELETED = "[deleted message]";

  private final TopicName topic;
  private final StoreCursors cursors;
  private final Set<String> bridges;
  private final UnaryOperator<String> handleOf;

  /**
   * A reader of one topic.
   *
   * @param bridges bots that are believed about who said something, by bot id, and by user id for
   *     what Slack stores without one, such as a file that a bot uploads
   * @param handleOf the handle of a member
   */
  Records(
      TopicName topic, StoreCursors cursors, Set<String> bridges, UnaryOperator<String> handleOf) {
    this.topic = topic;
    this.cursors = cursors;
    this.bridges = bridges;
    this.handleOf = handleOf;
  }

  /** Who said what, as told by the author's account or by a bridge that is believed. */
  private record Said(Sender sender, @Nullable MessageId parent, @Nullable String content) {}

  Message read(Entry entry) {
    var json = entry.json();
    var said = said(json);
    var parent = said.parent() == null ? threadOf(entry) : said.parent();
    if (entry.subtype().equals("tombstone")) {
      return message(entry, said.sender(), DELETED, parent, Condition.DELETED);
    }
    var content = said.content() == null ? content(json) : said.content();
    var files = files(json.path("files"));
    if (!files.isEmpty()) {
      content = content.isBlank() ? files : content + "\n" + files;
    }
    if (content.isBlank() || content.indexOf('\0') >= 0) {
      return message(
          entry,
          said.sender(),
          SharedLayout.placeholder("it has no text that can be shown"),
          parent,
          Condition.UNREADABLE);
    }
    var condition = json.has("edited") ? Condition.EDITED : Condition.ORIGINAL;
    return message(entry, said.sender(), content, parent, condition);
  }

  private Message message(
      Entry entry, Sender sender, String content, @Nullable MessageId parent, Condition condition) {
    var id = entry.ts().toString();
    return new Message(
        new MessageId(id),
        topic,
        sender,
        content,
        cursors.at(Place.at(entry.ts()).toString()),
        entry.ts().instant(),
        parent,
        condition);
  }

  private Said said(JsonNode json) {
    var bot = json.path("bot_id").asText("");
    if (!bot.isEmpty()) {
      return bridges.contains(bot)
          ? byBridge(json, bot)
          : new Said(new Sender(botName(json), bot, Sender.Kind.UNVERIFIED), null, null);
    }
    var user = json.path("user").asText("");
    if (user.isEmpty() || user.equals("USLACKBOT")) {
      return new Said(
          new Sender(botName(json), user.isEmpty() ? null : user, Sender.Kind.UNVERIFIED),
          null,
          null);
    }
    return bridges.contains(user)
        ? byBridge(json, user)
        : new Said(new Sender(handleOf.apply(user), user, Sender.Kind.PERSON), null, null);
  }

  private Said byBridge(JsonNode json, String bot) {
    var metadata = json.path("metadata");
    var payload = metadata.path("event_payload");
    var handle = payload.path(HANDLE).asText("");
    if (metadata.path("event_type").asText("").equals(METADATA) && Handle.isHandle(handle)) {
      var kind = SharedLayout.sender(handle, payload.path(KIND).asText(null)).kind();
      var parent =
          Ts.parse(payload.path(PARENT).asText("")).map(ts -> new MessageId(ts.toString()));
      // The text beside the text is the one that was posted: after an edit it is of no use.
      var original = json.has("edited") ? null : payload.path(TEXT).asText(null);
      var content = original == null ? withoutHeader(json, handle) : original;
      return new Said(new Sender(handle, bot, kind), parent.orElse(null), content);
    }
    return TextHeader.read(text(json))
        .map(header ->
            new Said(
                new Sender(header.handle().value(), bot, header.kind()), null, header.content()))
        .orElseGet(
            () -> new Said(new Sender(botName(json), bot, Sender.Kind.UNVERIFIED), null, null));
  }

  private @Nullable String withoutHeader(JsonNode json, String handle) {
    return json.path("username").asText("").equals(handle)
        ? null
        : TextHeader.read(text(json))
            .filter(header -> header.handle().value().equals(handle))
            .map(TextHeader::content)
            .orElse(null);
  }

  private String botName(JsonNode json) {
    var name = json.path("username").asText("");
    if (name.isBlank()) {
      name = json.path("bot_profile").path("name").asText("");
    }
    var user = json.path("user").asText("");
    if (name.isBlank() && !user.isEmpty()) {
      name = handleOf.apply(user);
    }
    return name.isBlank() ? "unknown" : name;
  }

  private static @Nullable MessageId threadOf(Entry entry) {
    return entry
        .thread()
        .filter(thread -> !thread.equals(entry.ts()))
        .map(thread -> new MessageId(thread.toString()))
        .orElse(null);
  }

  private String text(JsonNode json) {
    return Texts.read(json.path("text").isTextual() ? json.path("text").asText() : "", handleOf);
  }

  private String content(JsonNode json) {
    var text = text(json);
    if (!text.isBlank()) {
      return text;
    }
    var lines = new ArrayList<String>();
    gather(json.path("blocks"), lines);
    json.path("attachments")
        .forEach(attachment ->
            Optional.of(attachment.path("fallback").asText(""))
                .filter(line -> !line.isBlank())
                .or(() -> Optional.of(attachment.path("text").asText("")))
                .filter(line -> !line.isBlank())
                .ifPresent(lines::add));
    return Texts.read(String.join("\n", lines), handleOf);
  }

  private static void gather(JsonNode node, List<String> lines) {
    if (node.path("text").isTextual() && !node.path("text").asText().isBlank()) {
      lines.add(node.path("text").asText());
    } else {
      node.forEach(child -> gather(child, lines));
    }
  }

  private static String files(JsonNode files) {
    var lines = new ArrayList<String>();
    for (var file : files) {
      var name = file.path("name").asText(file.path("title").asText("without a name"));
      var url = file.path("permalink").asText(file.path("url_private").asText(""));
      lines.add(
          file.path("mode").asText("").equals("tombstone")
              ? "[file deleted]"
              : "[file %s %d bytes %s]".formatted(name, file.path("size").asLong(), url).strip());
    }
    return String.join("\n", lines);
  }
}
