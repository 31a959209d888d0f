package dev.parley.adapters.inbound.mcp;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.FetchRecent;

/** {@code parley_fetch_recent}: a page of history, wherever the caller stands. */
final class FetchRecentTool implements Tool.Handler {

  private final ReadAhead pages;
  private final Limits limits;
  private final Waits waits;

  FetchRecentTool(FetchRecent fetchRecent, Limits limits, Waits waits) {
    this.pages = new ReadAhead(fetchRecent);
    this.limits = limits;
    this.waits = waits;
  }

  Tool describe(String topics) {
    return new Tool(
        "parley_fetch_recent",
        "Read a topic",
        """
        Reads messages of a topic in order. Without since and before: the latest ones. \
        With since: what follows that cursor; pass nextCursor as the next since, and go on while more is true. \
        With before: what precedes that cursor. block_ms waits for a new message when there is none yet. \
        gap: true means that history in between is gone. Does not change what counts as unread. %s\
        """
            .formatted(topics),
        Schema.object()
            .required("topic", Schema.text("the topic's name"))
            .optional("since", Schema.text("a cursor: read what follows it"))
            .optional("before", Schema.text("a cursor: read what precedes it"))
            .optional(
                "limit",
                Schema.wholeNumber(1, "the most messages to return; default 100, at most 1000"))
            .optional(
                "block_ms",
                Schema.wholeNumber(
                    0, "when there is no message yet: wait this long for one, in milliseconds"))
            .build(),
        Schema.object()
            .required("messages", Schema.list(Json.messageSchema(), "in order, oldest first"))
            .required("nextCursor", Schema.text("where to read on"))
            .optional("more", Schema.flag("there are further messages in this direction"))
            .optional("gap", Schema.flag("history before the first message is gone"))
            .build(),
        new Tool.Hints(true, true),
        true,
        this);
  }

  @Override
  public Answer call(Arguments arguments, Call call) throws InterruptedException {
    var limit = arguments.wholeNumber("limit", 1);
    var topic = arguments.value("topic", TopicName::new);
    var window = window(arguments, limits.pageMessages(limit));
    var block = limits.wait(arguments.wholeNumber("block_ms", 0));
    if (window instanceof Window.Before && block.isPositive()) {
      throw new ArgumentRefused(
          "before and block_ms exclude each other: no new message comes before a cursor; leave one"
              + " out");
    }
    try (var _ = Heartbeat.of(call, block, limits.progressEvery())) {
      return waits.during(
          block,
          patience ->
              pages.read(
                  new FetchRecent.Query(topic, window, limits.pageCharacters(limit), patience)));
    }
  }

  private static Window window(Arguments arguments, int limit) {
    var since = arguments.optionalValue("since", Cursor::new);
    var before = arguments.optionalValue("before", Cursor::new);
    if (since.isPresent() && before.isPresent()) {
      throw new ArgumentRefused(
          "since and before exclude each other: since reads forward, before reads backward; leave"
              + " one out");
    }
    return since
        .map(cursor -> Window.after(cursor, limit))
        .or(() -> before.map(cursor -> Window.before(cursor, limit)))
        .orElseGet(() -> Window.latest(limit));
  }
}
