package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.ShowHandOffs;
import java.util.List;
import java.util.Set;

/** {@code parley_list_hand_offs}: how handed over work stands. */
final class ListHandOffsTool implements Tool.Handler {

  /** About what the fields around a hand-off's text take. */
  private static final int PER_HAND_OFF = 400;

  private final ShowHandOffs show;
  private final Limits limits;

  ListHandOffsTool(ShowHandOffs show, Limits limits) {
    this.show = show;
    this.limits = limits;
  }

  Tool describe(String topics) {
    return new Tool(
        "parley_list_hand_offs",
        "List handed over work",
        """
        Lists offers of work and what became of them: the open ones first, then the one changed last. \
        Without a topic: in the subscribed topics and in those that this session has used for hand-offs. \
        truncated: true means that there may be others; notes says why. %s\
        """
            .formatted(topics),
        Schema.object()
            .optional("topic", Schema.text("only in this topic"))
            .optional("state", Schema.oneOf("only in this state", HandOffJson.states()))
            .optional(
                "mine", Schema.flag("only what you offered, what is for you, or what you claimed"))
            .build(),
        Schema.object()
            .required("handOffs", Schema.list(HandOffJson.schema(), "the open ones first"))
            .required("truncated", Schema.flag("there may be others"))
            .optional("notes", Schema.list(Schema.text("a sentence"), "what to know about this"))
            .build(),
        new Tool.Hints(true, true),
        true,
        this);
  }

  @Override
  public Answer call(Arguments arguments, Call call) {
    var topic = arguments.optionalValue("topic", TopicName::new).orElse(null);
    var states =
        arguments.optionalValue("state", ListHandOffsTool::state).map(Set::of).orElseGet(Set::of);
    var mine = arguments.flag("mine");
    return answer(show.list(new ShowHandOffs.Query(topic, states, mine)));
  }

  private static HandOffState.Kind state(String word) {
    for (var kind : HandOffState.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "has to be one of %s; found '%s'"
            .formatted(String.join(", ", HandOffJson.states()), Found.shorten(word)));
  }

  private Answer answer(ShowHandOffs.Listing listing) {
    var shown = fitting(listing.handOffs());
    var left = listing.handOffs().size() - shown.size();
    return Answer.of(
        Json.object(json -> {
          json.writeArrayFieldStart("handOffs");
          for (var handOff : shown) {
            json.writeStartObject();
            HandOffJson.fields(json, handOff);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBooleanField("truncated", listing.truncated() || left > 0);
          if (left > 0 || !listing.notes().isEmpty()) {
            json.writeArrayFieldStart("notes");
            for (var note : listing.notes()) {
              json.writeString(note);
            }
            if (left > 0) {
              json.writeString(
                  "%d more are not shown; narrow by topic, state or mine".formatted(left));
            }
            json.writeEndArray();
          }
        }));
  }

  private List<HandOff> fitting(List<HandOff> handOffs) {
    var characters = 0;
    for (var n = 0; n < handOffs.size(); n++) {
      characters += handOffs.get(n).text().length() + PER_HAND_OFF;
      if (n > 0 && characters > limits.listCharacters()) {
        return handOffs.subList(0, n);
      }
    }
    return handOffs;
  }
}
