package dev.parley.adapters.inbound.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Messages and users as one JSON object a line, with the field names that agents see. */
final class JsonLines {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonLines() {}

  static String posted(MessageId id) {
    return line(Map.of("backendMsgId", id.value()));
  }

  static String of(Message message) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("topic", message.topic().value());
    fields.put("senderHandle", message.sender().handle());
    fields.put("senderKind", message.sender().kind().name().toLowerCase(Locale.ROOT));
    if (message.sender().account() != null) {
      fields.put("senderAccount", message.sender().account());
    }
    fields.put("content", message.content());
    fields.put("timestamp", message.timestamp().toString());
    fields.put("backendMsgId", message.id().value());
    fields.put("cursor", message.cursor().value());
    if (message.parent() != null) {
      fields.put("inReplyTo", message.parent().value());
    }
    fields.put("mentions", message.mentions());
    if (message.edited()) {
      fields.put("edited", true);
    }
    return line(fields);
  }

  static String of(RosterEntry user) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("handle", user.handle());
    fields.put("kind", user.kind().name().toLowerCase(Locale.ROOT));
    fields.put("online", user.online());
    fields.put("reach", user.reach().name().toLowerCase(Locale.ROOT));
    fields.put("topics", user.topics().stream().map(TopicName::value).sorted().toList());
    fields.put("postTopics", user.postPatterns().expressions());
    fields.put("lastSeenMs", user.lastSeen().toEpochMilli());
    if (user.more()) {
      fields.put("more", true);
    }
    return line(fields);
  }

  private static String line(Map<String, Object> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and lists can always be written", e);
    }
  }
}
