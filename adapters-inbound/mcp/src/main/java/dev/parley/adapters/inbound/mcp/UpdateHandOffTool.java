package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.ShowHandOffs;
import java.util.stream.Collectors;

/** {@code parley_update_hand_off}: claiming work, and reporting on it. */
final class UpdateHandOffTool implements Tool.Handler {

  private static final String[] ACTIONS = {
    "claim", "progress", "done", "decline", "release", "cancel"
  };

  private final HandOffWork work;
  private final ShowHandOffs show;

  UpdateHandOffTool(HandOffWork work, ShowHandOffs show) {
    this.work = work;
    this.show = show;
  }

  Tool describe() {
    return new Tool(
        "parley_update_hand_off",
        "Claim work or report on it",
        """
        Changes a hand-off. claim takes it: start only if effect is applied or already_yours; with lost somebody else has it, and says names who. \
        progress and done report (put the result, or where it is, into note; done ends it). \
        decline refuses an offer made to you, or gives back what you claimed. \
        release opens claimed or done work again (claimer, offerer). cancel takes an offer back (offerer). \
        unseen means that the act was posted but its outcome is unknown: list before you go on.\
        """,
        Schema.object()
            .required("id", Schema.text("the hand-off, such as ho-7q2k4m"))
            .optional(
                "topic",
                Schema.text("its topic; needed when several have this id, or it is not followed"))
            .required("action", Schema.oneOf("what to do", ACTIONS))
            .optional("note", Schema.text("progress, result or reason, for everyone to read"))
            .build(),
        HandOffJson.outcomeSchema()
            .required("backendMsgId", Schema.text("the id of the message that says so"))
            .build(),
        new Tool.Hints(false, false),
        false,
        this);
  }

  @Override
  public Answer call(Arguments arguments, Call call) throws InterruptedException {
    var id = arguments.value("id", HandOffId::new);
    var note = arguments.optionalText("note").orElse("");
    var act = arguments.value("action", action -> act(action, id, note));
    var named = arguments.optionalValue("topic", TopicName::new);
    var topic = named.isPresent() ? named.get() : topicOf(id);
    try {
      return answer(work.perform(topic, act));
    } catch (IllegalArgumentException e) {
      throw new ArgumentRefused(String.valueOf(e.getMessage()));
    }
  }

  private static Act act(String action, HandOffId id, String note) {
    return switch (action) {
      case "claim" -> new Act.Claim(id, note);
      case "progress" -> new Act.Progress(id, note);
      case "done" -> new Act.Done(id, note);
      case "decline" -> new Act.Decline(id, note);
      case "release" -> new Act.Release(id, note);
      case "cancel" -> new Act.Cancel(id, note);
      default ->
          throw new IllegalArgumentException(
              "has to be one of %s; found '%s'"
                  .formatted(String.join(", ", ACTIONS), Found.shorten(action)));
    };
  }

  private TopicName topicOf(HandOffId id) {
    var found = show.find(id);
    if (found.isEmpty()) {
      throw new ArgumentRefused(
          "no hand-off %s is known in the topics that are followed here, so nothing was posted; look it up with parley_list_hand_offs, or give its topic"
              .formatted(id));
    }
    if (found.size() > 1) {
      throw new ArgumentRefused(
          "hand-off %s is ambiguous: give its topic, one of %s"
              .formatted(
                  id,
                  found.stream()
                      .map(HandOff::key)
                      .map(key -> "'" + key.topic() + "'")
                      .collect(Collectors.joining(", "))));
    }
    return found.getFirst().key().topic();
  }

  private static Answer answer(Outcome outcome) {
    return Answer.of(
        Json.object(json -> {
          HandOffJson.outcome(json, outcome);
          json.writeStringField("backendMsgId", outcome.message().value());
        }));
  }
}
