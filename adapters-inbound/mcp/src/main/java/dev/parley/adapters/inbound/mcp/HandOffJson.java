package dev.parley.adapters.inbound.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hand-offs, and what acts did to them, as JSON. */
final class HandOffJson {

  private HandOffJson() {}

  /** The fields of a hand-off. */
  static void fields(JsonGenerator json, HandOff handOff) throws IOException {
    json.writeStringField("handOffId", handOff.key().id().value());
    json.writeStringField("topic", handOff.key().topic().value());
    json.writeStringField("state", handOff.state().kind().word());
    Json.text(json, "goal", handOff.goal());
    if (!handOff.text().equals(handOff.goal())) {
      Json.text(json, "text", handOff.text());
    }
    sender(json, "offeredBy", handOff.offerer());
    if (handOff.to() != null) {
      json.writeStringField("to", handOff.to().value());
    }
    switch (handOff.state()) {
      case HandOffState.Offered _ -> {}
      case HandOffState.Claimed(var by, var claim, var progress) -> work(json, by, claim, progress);
      case HandOffState.Done(var by, var claim, var result) -> work(json, by, claim, result);
      case HandOffState.Declined(var by, var why) -> end(json, by, why);
      case HandOffState.Cancelled(var by, var why) -> end(json, by, why);
    }
    json.writeStringField("offerMsgId", handOff.offer().value());
  }

  private static void work(JsonGenerator json, Sender by, MessageId claim, String note)
      throws IOException {
    sender(json, "claimedBy", by);
    json.writeStringField("claimMsgId", claim.value());
    note(json, note);
  }

  private static void end(JsonGenerator json, Sender by, String why) throws IOException {
    sender(json, "endedBy", by);
    note(json, why);
  }

  private static void sender(JsonGenerator json, String field, Sender sender) throws IOException {
    Json.text(json, field, sender.handle());
    json.writeStringField(field + "Kind", Json.wireName(sender.kind()));
  }

  private static void note(JsonGenerator json, String note) throws IOException {
    if (!note.isEmpty()) {
      Json.text(json, "note", note);
    }
  }

  /** What an act did. */
  static void outcome(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStringField("handOffId", outcome.act().id().value());
    json.writeStringField("effect", word(outcome.verdict()));
    Json.text(json, "says", outcome.sentence());
    handOff(json, outcome.handOff());
  }

  private static void handOff(JsonGenerator json, @Nullable HandOff handOff) throws IOException {
    if (handOff != null) {
      json.writeObjectFieldStart("handOff");
      fields(json, handOff);
      json.writeEndObject();
    }
  }

  /** What a verdict is called on the wire. */
  static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** The schema of what {@link #outcome} writes. */
  static Schema outcomeSchema() {
    return Schema.object()
        .required("handOffId", Schema.text("which hand-off"))
        .required(
            "effect",
            Schema.oneOf(
                "applied: it counts; already_yours: you held the claim before; lost: somebody else"
                    + " holds it; unlawful: it changed nothing; unknown: no such offer is known;"
                    + " unseen: posted, but the outcome is unknown",
                Stream.of(Verdict.values()).map(HandOffJson::word).toArray(String[]::new)))
        .required("says", Schema.text("the same as a sentence, with who won or why not"))
        .optional("handOff", schema());
  }

  /** The schema of what {@link #fields} writes. */
  static Map<String, Object> schema() {
    return Schema.object()
        .required("handOffId", Schema.text("unique within its topic"))
        .required("topic", Schema.text("the topic"))
        .required("state", Schema.oneOf("how it stands", states()))
        .required("goal", Schema.text("the first line of the offer"))
        .optional("text", Schema.text("all of the offer, when it says more than the goal"))
        .required("offeredBy", Schema.text("who offers it"))
        .required("offeredByKind", kind())
        .optional("to", Schema.text("the only one who may claim it; absent: anyone"))
        .optional("claimedBy", Schema.text("who works on it, or did it"))
        .optional("claimedByKind", kind())
        .optional("claimMsgId", Schema.text("the message that claimed it"))
        .optional("endedBy", Schema.text("who declined or cancelled it"))
        .optional("endedByKind", kind())
        .optional("note", Schema.text("the last progress, the result, or why it ended"))
        .required("offerMsgId", Schema.text("the message that offered it"))
        .build();
  }

  private static Map<String, Object> kind() {
    return Schema.oneOf("what that sender is", "agent", "person", "unverified");
  }

  /** The states by name. */
  static String[] states() {
    return Stream.of(HandOffState.Kind.values())
        .map(HandOffState.Kind::word)
        .toArray(String[]::new);
  }
}
