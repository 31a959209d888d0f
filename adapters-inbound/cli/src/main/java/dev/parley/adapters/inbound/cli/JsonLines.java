package dev.parley.adapters.inbound.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages, hand-offs and users as one JSON object a line, with the field names that agents see.
 */
final class JsonLines {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonLines() {}

  static String posted(MessageId id) {
    return line(Map.of("backendMsgId", id.value()));
  }

  static String of(Message message, @Nullable HandOffMark mark) {
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
    if (mark != null) {
      fields.put("handOff", mark.fields());
    }
    return line(fields);
  }

  static String of(HandOff handOff) {
    return line(fields(handOff));
  }

  static String of(Outcome outcome) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("handOffId", outcome.act().id().value());
    fields.put("backendMsgId", outcome.message().value());
    fields.put("effect", outcome.verdict().name().toLowerCase(Locale.ROOT));
    fields.put("says", outcome.sentence());
    if (outcome.handOff() != null) {
      fields.put("handOff", fields(outcome.handOff()));
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

  private static Map<String, Object> fields(HandOff handOff) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("handOffId", handOff.key().id().value());
    fields.put("topic", handOff.key().topic().value());
    fields.put("state", handOff.state().kind().word());
    fields.put("goal", handOff.goal());
    if (!handOff.text().equals(handOff.goal())) {
      fields.put("text", handOff.text());
    }
    put(fields, "offeredBy", handOff.offerer());
    if (handOff.to() != null) {
      fields.put("to", handOff.to().value());
    }
    switch (handOff.state()) {
      case HandOffState.Offered _ -> {}
      case HandOffState.Claimed(var by, var claim, var progress) -> {
        put(fields, "claimedBy", by);
        fields.put("claimMsgId", claim.value());
        fields.put("note", progress);
      }
      case HandOffState.Done(var by, var claim, var result) -> {
        put(fields, "claimedBy", by);
        fields.put("claimMsgId", claim.value());
        fields.put("note", result);
      }
      case HandOffState.Declined(var by, var why) -> {
        put(fields, "endedBy", by);
        fields.put("note", why);
      }
      case HandOffState.Cancelled(var by, var why) -> {
        put(fields, "endedBy", by);
        fields.put("note", why);
      }
    }
    fields.remove("note", "");
    fields.put("offerMsgId", handOff.offer().value());
    return fields;
  }

  private static void put(Map<String, Object> fields, String field, Sender sender) {
    fields.put(field, sender.handle());
    fields.put(field + "Kind", sender.kind().name().toLowerCase(Locale.ROOT));
  }

  private static String line(Map<String, Object> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and lists can always be written", e);
    }
  }
}
