package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.HandOffWork;
import dev.parley.ports.inbound.PostMessage;
import java.util.Map;

/** {@code parley_post} and {@code parley_reply}: saying something in a topic. */
final class PostTool {

  private final PostMessage postMessage;
  private final HandOffWork work;

  PostTool(PostMessage postMessage, HandOffWork work) {
    this.postMessage = postMessage;
    this.work = work;
  }

  Tool describePost(String topics, String contentLimit) {
    return new Tool(
        "parley_post",
        "Post a message",
        """
        Posts a message to a topic, where every participant sees it. It is stored when this returns. \
        Content: at most %s, longer content is refused. @handle mentions a participant. \
        in_reply_to names the backendMsgId of the message it answers. \
        With a key, the same call repeated is stored once: use one when the outcome of a call was unknown. \
        A key that was used before stores nothing and gives the first message's id, whatever the content. %s\
        """
            .formatted(contentLimit, topics),
        input()
            .optional(
                "key",
                Schema.text(
                    "makes this one post repeatable, so a new one for each post; up to 128"
                        + " characters"))
            .build(),
        output(),
        new Tool.Hints(false, false),
        false,
        (arguments, _) -> post(arguments));
  }

  Tool describeReply(String topics, String contentLimit) {
    return new Tool(
        "parley_reply",
        "Answer a message",
        """
        Answers a <channel source="parley"> event or any message: pass its topic, and its msg_id as in_reply_to. \
        It is stored when this returns. Content: at most %s, longer content is refused. %s\
        """
            .formatted(contentLimit, topics),
        input().build(),
        output(),
        new Tool.Hints(false, false),
        false,
        (arguments, _) -> post(arguments));
  }

  private static Schema input() {
    return Schema.object()
        .required("topic", Schema.text("the topic's name"))
        .required("content", Schema.text("what to say; plain text or Markdown"))
        .optional("in_reply_to", Schema.text("the id of the message this one answers"));
  }

  private static Map<String, Object> output() {
    return Schema.object()
        .required("backendMsgId", Schema.text("the id of the stored message"))
        .optional("handOff", HandOffJson.outcomeSchema().build())
        .build();
  }

  private Answer post(Arguments arguments) throws InterruptedException {
    var topic = arguments.value("topic", TopicName::new);
    var parent = arguments.optionalValue("in_reply_to", MessageId::new).orElse(null);
    var key = arguments.optionalValue("key", IdempotencyKey::new).orElse(null);
    var draft = arguments.value("content", content -> new Draft(topic, content, parent, key));
    var id = postMessage.post(draft);
    var act = Act.in(draft.content());
    var outcome = act.isPresent() ? work.outcomeOf(topic, act.get(), id) : null;
    return Answer.of(
        Json.object(json -> {
          json.writeStringField("backendMsgId", id.value());
          if (outcome != null) {
            json.writeObjectFieldStart("handOff");
            HandOffJson.outcome(json, outcome);
            json.writeEndObject();
          }
        }));
  }
}
