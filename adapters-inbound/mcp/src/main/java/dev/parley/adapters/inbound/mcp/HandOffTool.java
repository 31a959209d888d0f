package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.handoff.Brief;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import dev.parley.ports.inbound.ShowTopics;

/** {@code parley_hand_off}: offering work. */
final class HandOffTool implements Tool.Handler {

  private final HandOffWork work;
  private final ShowTopics show;

  HandOffTool(HandOffWork work, ShowTopics show) {
    this.work = work;
    this.show = show;
  }

  Tool describe(String topics) {
    return new Tool(
        "parley_hand_off",
        "Offer work",
        """
        Offers work in a topic, to one participant or to anyone; exactly one can claim it. \
        Write the goal so that somebody who knows nothing of your conversation can start: paths, branches, links. \
        The claim, its progress and its result come as messages of the topic; parley_list_hand_offs shows how it stands. %s\
        """
            .formatted(topics),
        Schema.object()
            .required("topic", Schema.text("where to offer it"))
            .required("goal", Schema.text("what is to be reached; the first line is the title"))
            .optional(
                "to", Schema.text("the handle of the only one who may claim it; default: anyone"))
            .optional("context", Schema.text("what to know for it"))
            .optional("acceptance", Schema.text("how to see that it is reached"))
            .build(),
        Schema.object()
            .required("handOffId", Schema.text("names it in parley_update_hand_off"))
            .required("backendMsgId", Schema.text("the id of the message that offers it"))
            .optional("says", Schema.text("what you should know about this offer"))
            .build(),
        new Tool.Hints(false, false),
        false,
        this);
  }

  @Override
  public Answer call(Arguments arguments, Call call) throws InterruptedException {
    var topic = arguments.value("topic", TopicName::new);
    var to = arguments.optionalValue("to", HandOffTool::handle).orElse(null);
    var context = arguments.optionalText("context").orElse("");
    var acceptance = arguments.optionalText("acceptance").orElse("");
    var brief = arguments.value("goal", goal -> new Brief(goal, context, acceptance));
    try {
      return answer(work.offer(topic, to, brief), topic);
    } catch (IllegalArgumentException e) {
      throw new ArgumentRefused(String.valueOf(e.getMessage()));
    }
  }

  /** A handle as people write it, with or without its at sign. */
  private static Handle handle(String text) {
    return new Handle(text.startsWith("@") ? text.substring(1) : text);
  }

  private Answer answer(Outcome outcome, TopicName topic) {
    if (outcome.verdict() == Verdict.UNLAWFUL) {
      return Answer.failed(outcome.sentence() + "; call this again for another id");
    }
    var followed = show.topics().usable(topic).subscribed();
    return Answer.of(
        Json.object(json -> {
          json.writeStringField("handOffId", outcome.act().id().value());
          json.writeStringField("backendMsgId", outcome.message().value());
          if (outcome.verdict() != Verdict.APPLIED) {
            Json.text(json, "says", outcome.sentence());
          } else if (!followed) {
            json.writeStringField(
                "says",
                "topic '%s' is not followed here: poll, with parley_list_hand_offs and this topic, to learn what becomes of it"
                    .formatted(topic));
          }
        }));
  }
}
