package dev.parley.adapters.outbound.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffKey;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.HandOffProjections.Projection;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The text of one projection: JSON, as trees, since nothing is to be generated for it. */
final class HandOffFile {

  private static final int FORMAT = 1;

  // Escaped, so that even half a surrogate pair in foreign text comes back as it was.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private HandOffFile() {}

  /** The file's contents are not a projection, or not the one its name says. */
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  static String write(String store, TopicName topic, Projection projection) {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("store", store);
    root.put("topic", topic.value());
    root.put("cursor", projection.cursor().value());
    root.put("truncated", projection.truncated());
    var handOffs = root.putArray("handOffs");
    projection.handOffs().forEach(handOff -> write(handOff, handOffs.addObject()));
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts can always be written", e);
    }
  }

  private static void write(HandOff handOff, ObjectNode node) {
    node.put("id", handOff.key().id().value());
    write(handOff.offerer(), node.putObject("offerer"));
    node.put("offer", handOff.offer().value());
    if (handOff.to() != null) {
      node.put("to", handOff.to().value());
    }
    node.put("text", handOff.text());
    node.put("state", handOff.state().kind().word());
    switch (handOff.state()) {
      case HandOffState.Offered _ -> {}
      case HandOffState.Claimed(var by, var claim, var progress) ->
          write(by, claim, progress, node);
      case HandOffState.Done(var by, var claim, var result) -> write(by, claim, result, node);
      case HandOffState.Declined(var by, var why) -> write(by, null, why, node);
      case HandOffState.Cancelled(var by, var why) -> write(by, null, why, node);
    }
  }

  private static void write(Sender by, @Nullable MessageId claim, String note, ObjectNode node) {
    write(by, node.putObject("by"));
    if (claim != null) {
      node.put("claim", claim.value());
    }
    node.put("note", note);
  }

  private static void write(Sender sender, ObjectNode node) {
    node.put("handle", sender.handle());
    if (sender.account() != null) {
      node.put("account", sender.account());
    }
    node.put("kind", sender.kind().name());
  }

  static Projection read(byte[] text, String store, TopicName topic) throws Unreadable {
    try {
      var root = MAPPER.readTree(text);
      if (root.path("format").asInt() != FORMAT
          || !text(root, "store").equals(store)
          || !text(root, "topic").equals(topic.value())) {
        throw new Unreadable("it holds other hand-offs or is of a later format");
      }
      var handOffs = new ArrayList<HandOff>();
      for (var node : required(root, "handOffs")) {
        handOffs.add(handOff(node, topic));
      }
      return new Projection(
          new Cursor(text(root, "cursor")), handOffs, required(root, "truncated").asBoolean());
    } catch (Unreadable e) {
      throw e;
    } catch (IOException | IllegalArgumentException malformed) {
      throw new Unreadable("it is damaged");
    }
  }

  private static HandOff handOff(JsonNode node, TopicName topic) throws Unreadable {
    return new HandOff(
        new HandOffKey(topic, new HandOffId(text(node, "id"))),
        sender(required(node, "offerer")),
        new MessageId(text(node, "offer")),
        node.has("to") ? new Handle(text(node, "to")) : null,
        text(node, "text"),
        state(node));
  }

  private static HandOffState state(JsonNode node) throws Unreadable {
    return switch (text(node, "state")) {
      case "offered" -> new HandOffState.Offered();
      case "claimed" -> new HandOffState.Claimed(by(node), claim(node), text(node, "note"));
      case "done" -> new HandOffState.Done(by(node), claim(node), text(node, "note"));
      case "declined" -> new HandOffState.Declined(by(node), text(node, "note"));
      case "cancelled" -> new HandOffState.Cancelled(by(node), text(node, "note"));
      default -> throw new Unreadable("it holds a state of a later format");
    };
  }

  private static Sender by(JsonNode node) throws Unreadable {
    return sender(required(node, "by"));
  }

  private static MessageId claim(JsonNode node) throws Unreadable {
    return new MessageId(text(node, "claim"));
  }

  private static Sender sender(JsonNode node) throws Unreadable {
    return new Sender(
        text(node, "handle"),
        node.has("account") ? text(node, "account") : null,
        Sender.Kind.valueOf(text(node, "kind")));
  }

  private static String text(JsonNode node, String field) throws Unreadable {
    var value = required(node, field);
    if (!value.isTextual()) {
      throw new Unreadable("it is damaged");
    }
    return value.textValue();
  }

  private static JsonNode required(JsonNode node, String field) throws Unreadable {
    var value = node.get(field);
    if (value == null) {
      throw new Unreadable("it is damaged");
    }
    return value;
  }
}
