package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** One workspace of the double, and what people and other software do in it. */
final class SlackStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 5_000;

  /** What participants may join before a scenario names its topics. */
  static final List<String> USUAL =
      List.of("planning", "elsewhere", "never-posted-to", "quiet", "parley-presence", "review");

  // Less than the default, which would make the laws take ten minutes, and more than the disorder.
  private static final int SETTLING_MS = 30;
  private static final Duration DISORDER = Duration.ofMillis(25);

  private final SlackDouble slack;
  private final Workspace workspace;
  private final Map<TopicName, DoubleChannel> channels = new ConcurrentHashMap<>();

  SlackStore(SlackDouble slack) {
    this.slack = slack;
    this.workspace = slack.newWorkspace();
    workspace.disorder(DISORDER);
    USUAL.forEach(name -> prepare(new TopicName(name)));
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "bot_token",
        workspace.botToken(),
        "app_token",
        workspace.appToken(),
        "api_url",
        slack.url(),
        "channel_map",
        channels.entrySet().stream()
            .map(entry -> entry.getKey().value() + "=" + entry.getValue().id())
            .collect(Collectors.joining("\n")),
        "settling_ms",
        Integer.toString(SETTLING_MS),
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  @Override
  public void prepare(TopicName topic) {
    channel(topic);
  }

  private DoubleChannel channel(TopicName topic) {
    return channels.computeIfAbsent(topic, name -> workspace.newChannel());
  }

  @Override
  public Set<Loss> losses() {
    return EnumSet.of(Loss.TRIMMED, Loss.TOPIC_RECREATED);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    if (loss == Loss.TRIMMED) {
      channel(topic).trim(2);
    } else {
      channels.put(topic, workspace.newChannel());
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        event("channel_join"),
        event("channel_topic"),
        event("pinned_item"),
        by("a person", m -> m.put("user", "U0GRACE").put("text", "hello"), said("grace", "hello")),
        by(
            "markup of a person",
            m ->
                m.put("user", "U0GRACE")
                    .put("text", "&lt;b&gt; <@U0HOPPER> <!here> <https://a.b|here> :tada:"),
            said("grace", "<b> @hopper @here here (https://a.b) \ud83c\udf89")),
        by(
            "a file",
            m -> addFile(m.put("user", "U0GRACE").put("subtype", "file_share").put("text", "")),
            said("grace", "[file plan.pdf 1234 bytes https://example.com/plan.pdf]")),
        by(
            "a file that the bot uploaded, which has no bot id",
            m -> addFile(m.put("user", "U0BOT").put("subtype", "file_share").put("text", "")),
            said("U0BOT", "[file plan.pdf 1234 bytes https://example.com/plan.pdf]")),
        by(
            "a text and a file",
            m -> addFile(m.put("user", "U0GRACE").put("text", "see")),
            said("grace", "see\n[file plan.pdf 1234 bytes https://example.com/plan.pdf]")),
        by(
            "another app",
            m ->
                m.put("bot_id", "B0OTHER")
                    .put("subtype", "bot_message")
                    .put("username", "CI bot")
                    .put("text", "green"),
            said("CI bot", "green")),
        by("another app that lies", SlackStore::lie, said("CI bot", "I am alice")),
        by(
            "an app with attachments only",
            m ->
                m.put("bot_id", "B0OTHER")
                    .put("username", "CI bot")
                    .put("text", "")
                    .putArray("attachments")
                    .addObject()
                    .put("fallback", "build 7 is red"),
            said("CI bot", "build 7 is red")),
        by(
            "another me",
            m -> m.put("user", "U0GRACE").put("subtype", "me_message").put("text", "waves"),
            said("grace", "waves")),
        by(
            "somebody unknown",
            m -> m.put("user", "U0GONE").put("text", "bye"),
            said("U0GONE", "bye")),
        by("nobody", m -> m.put("text", "from nowhere"), said("unknown", "from nowhere")),
        by("no text", m -> m.put("user", "U0GRACE"), new AsPlaceholder()),
        by("a number for text", m -> m.put("user", "U0GRACE").put("text", 42), new AsPlaceholder()),
        by(
            "the bot without metadata, with a header",
            m -> m.put("bot_id", workspace.bot()).put("text", "**carol:** by another bridge"),
            said("carol", "by another bridge")),
        reply("a person in a thread", false),
        reply("a person in a thread and in the channel", true));
  }

  private static void lie(ObjectNode message) {
    message.put("bot_id", "B0OTHER").put("username", "CI bot").put("text", "I am alice");
    message
        .putObject("metadata")
        .put("event_type", Records.METADATA)
        .putObject("event_payload")
        .put("handle", "alice")
        .put("text", "I am alice");
  }

  private static void addFile(ObjectNode message) {
    message
        .putArray("files")
        .addObject()
        .put("name", "plan.pdf")
        .put("size", 1234)
        .put("permalink", "https://example.com/plan.pdf");
  }

  private static Shown said(String sender, String content) {
    return new AsMessage(sender, content);
  }

  private ForeignRecord event(String subtype) {
    return by(
        subtype,
        m -> m.put("subtype", subtype).put("user", "U0GRACE").put("text", "<@U0GRACE> did that"),
        new NotAtAll());
  }

  private ForeignRecord by(String what, java.util.function.Consumer<ObjectNode> fill, Shown shown) {
    return record(what, (channel, message) -> fill.accept(message), shown);
  }

  private ForeignRecord record(
      String what, BiConsumer<DoubleChannel, ObjectNode> fill, Shown shown) {
    return new ForeignRecord(
        what,
        topic -> {
          var channel = channel(topic);
          var message = Workspace.message();
          fill.accept(channel, message);
          workspace.add(channel, message);
        },
        shown);
  }

  private ForeignRecord reply(String what, boolean broadcast) {
    return record(
        what,
        (channel, message) -> {
          message.put("user", "U0GRACE").put("text", "I answer");
          message.put("thread_ts", channel.shown().getFirst().path("ts").asText());
          if (broadcast) {
            message.put("subtype", "thread_broadcast");
          }
        },
        said("grace", "I answer"));
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(new Grace());
  }

  /** A person at Slack's own client. */
  private final class Grace implements Person {
    @Override
    public String handle() {
      return "grace";
    }

    @Override
    public void post(TopicName topic, String content) {
      workspace.says(channel(topic), "U0GRACE", Texts.escaped(content));
    }

    @Override
    public int notifications() {
      return workspace.notifications();
    }

    @Override
    public int previews() {
      return workspace.previews();
    }
  }

  @Override
  public Optional<Editor> editor() {
    return Optional.of(new AppEditor());
  }

  /** Other software with the app's token. */
  private final class AppEditor implements Editor {
    @Override
    public void edit(TopicName topic, String content, String replacement) {
      workspace.edit(channel(topic), find(topic, content), Texts.escaped(replacement));
    }

    @Override
    public void delete(TopicName topic, String content) {
      workspace.delete(channel(topic), find(topic, content));
    }

    private Ts find(TopicName topic, String content) {
      var text = DoubleEmoji.kept(Texts.escaped(content));
      return DoubleChannel.tsOf(
          channel(topic).find(entry -> entry.path("text").asText().equals(text)));
    }

    /** Only where a message has replies. */
    @Override
    public boolean leavesTombstones() {
      return false;
    }
  }

  @Override
  public long serverObjects() {
    return slack.sockets().connections(workspace);
  }

  @Override
  public void close() {
    slack.sockets().closeAll(workspace);
  }
}
