package dev.parley.adapters.inbound.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.parley.domain.reading.ReaderName;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.CatchUp;
import java.io.IOException;

/** {@code parley_catch_up}: what is unread, each message once. */
final class CatchUpTool implements Tool.Handler {

  private final CatchUp catchUp;
  private final Limits limits;
  private final Waits waits;

  CatchUpTool(CatchUp catchUp, Limits limits, Waits waits) {
    this.catchUp = catchUp;
    this.limits = limits;
    this.waits = waits;
  }

  Tool describe(String topics) {
    return new Tool(
        "parley_catch_up",
        "Read what is unread",
        """
        Reads what is unread in the subscribed topics since the last call, and remembers how far. \
        Call it at the start of a session and again while more is true. The first call in a topic gives its latest \
        messages and earlier: true; older ones are read with parley_fetch_recent and before. Own posts are not unread. \
        pushed: true marks messages that were already pushed in this session. gap: true means that unread history is gone. \
        To read an answer again, pass its since to parley_fetch_recent. %s\
        """
            .formatted(topics),
        Schema.object()
            .optional(
                "topics",
                Schema.list(
                    Schema.text("a topic's name"), "which topics; default: every subscribed one"))
            .optional(
                "limit",
                Schema.wholeNumber(
                    1,
                    "the most messages per topic; default %d, at most 1000"
                        .formatted(limits.catchUpMessages())))
            .optional(
                "block_ms",
                Schema.wholeNumber(
                    0, "when nothing is unread: wait this long for a message, in milliseconds"))
            .optional(
                "reader",
                Schema.text("a name with a position of its own, for several chats of one owner"))
            .build(),
        Schema.object()
            .required(
                "topics",
                Schema.list(
                    Schema.object()
                        .required("topic", Schema.text("the topic's name"))
                        .required(
                            "since",
                            Schema.optionalText(
                                "the position these messages follow; null when there was none"))
                        .required("messages", Schema.list(Json.messageSchema(), "oldest first"))
                        .required("more", Schema.flag("further messages are unread: call again"))
                        .optional("gap", Schema.flag("unread history is gone"))
                        .optional(
                            "earlier",
                            Schema.flag("there was no position: older history may exist"))
                        .build(),
                    "one entry per topic"))
            .build(),
        new Tool.Hints(false, false),
        true,
        this);
  }

  @Override
  public Answer call(Arguments arguments, Call call) throws InterruptedException {
    var unread = read(arguments, call);
    var text =
        Json.object(json -> {
          json.writeArrayFieldStart("topics");
          for (var topic : unread.topics()) {
            write(json, topic);
          }
          json.writeEndArray();
        });
    return Answer.of(text, unread::handedOver);
  }

  private CatchUp.Unread read(Arguments arguments, Call call) throws InterruptedException {
    var topics = arguments.values("topics", TopicName::new);
    var limit = limits.catchUpMessages(arguments.wholeNumber("limit", 1));
    var block = limits.wait(arguments.wholeNumber("block_ms", 0));
    var reader = arguments.optionalValue("reader", ReaderName::new).orElse(ReaderName.DEFAULT);
    try (var _ = Heartbeat.of(call, block, limits.progressEvery())) {
      return waits.during(
          block,
          patience ->
              catchUp.unread(
                  new CatchUp.Query(topics, limit, limits.catchUpCharacters(), patience, reader)));
    }
  }

  private static void write(JsonGenerator json, CatchUp.OfTopic unread) throws IOException {
    json.writeStartObject();
    json.writeStringField("topic", unread.topic().value());
    if (unread.since() == null) {
      json.writeNullField("since");
    } else {
      json.writeStringField("since", unread.since().value());
    }
    Json.messages(json, "messages", unread.messages(), unread.pushed());
    json.writeBooleanField("more", unread.more());
    Json.flag(json, "gap", unread.gap());
    Json.flag(json, "earlier", unread.earlier());
    json.writeEndObject();
  }
}
