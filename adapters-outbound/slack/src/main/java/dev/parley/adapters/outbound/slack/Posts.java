package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.adapters.outbound.support.SharedLayout;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Mentions;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Posts drafts. */
final class Posts {

  // Slack names no limit for metadata; 8 KiB are said to pass.
  private static final int MOST_METADATA = 4_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final Threads threads;
  private final Self self;
  private final BiConsumer<String, Ts> posted;

  /**
   * Posts as self.
   *
   * @param posted told of the channel and place of each post
   */
  Posts(Connection connection, Self self, BiConsumer<String, Ts> posted) {
    this.connection = connection;
    this.threads = new Threads(connection);
    this.self = self;
    this.posted = posted;
  }

  MessageId post(Draft draft) {
    var deadline = Deadline.in(connection.settings().timeout());
    var channel = connection.settings().channelOf(draft.topic());
    refuseIfTooLong(draft.content());
    var answer = send(draft, channel, deadline);
    var ts =
        Ts.parse(answer.path("ts").asText(""))
            .orElseThrow(() ->
                new OutcomeUnknown(
                    "Slack took the post and did not say under which id: look into the topic",
                    null));
    connection.settling(channel).seen(ts);
    posted.accept(channel, ts);
    refuseIfCut(answer, draft.content(), deadline);
    return new MessageId(ts.toString());
  }

  private static void refuseIfTooLong(String content) {
    var size = SlackPlugin.CONTENT_LIMIT.sizeOf(content);
    if (size > SlackPlugin.CONTENT_LIMIT.size()) {
      throw ContentRejected.tooLong(size, SlackPlugin.CONTENT_LIMIT);
    }
  }

  private Map<String, String> parameters(Draft draft, String channel, Deadline deadline) {
    var named = connection.account().mayTakeNames(deadline);
    var text = text(draft.content(), deadline);
    var shown = named ? text : TextHeader.write(self.handle(), self.kind(), text);
    if (shown.length() > SlackPlugin.CONTENT_LIMIT.size()) {
      throw new ContentRejected(
          "the content has %,d characters once &, < and > are escaped%s, and Slack takes at most %,d; nothing was posted: shorten it or post it in parts"
              .formatted(
                  shown.length(),
                  named ? "" : " and the handle is put before it",
                  SlackPlugin.CONTENT_LIMIT.size()));
    }
    var parameters = new HashMap<String, String>();
    parameters.put("channel", channel);
    parameters.put("text", shown);
    parameters.put("metadata", metadata(draft, text, deadline));
    // Nothing that was written is to be taken for a mention or a link by Slack itself.
    parameters.put("parse", "none");
    parameters.put("link_names", "false");
    parameters.put("unfurl_links", "false");
    parameters.put("unfurl_media", "false");
    if (named) {
      parameters.put("username", self.handle().value());
    }
    var parent = draft.parent();
    if (parent != null) {
      threads
          .beginningOf(parent, channel, deadline)
          .ifPresent(thread -> parameters.put("thread_ts", thread.toString()));
    }
    return parameters;
  }

  private String text(String content, Deadline deadline) {
    return Mentions.rewrite(
        Texts.escaped(content),
        name -> {
          var id = connection.people().idOf(name, deadline);
          return id == null ? null : "<@" + id + ">";
        });
  }

  /** Who says it and to what, and what exactly, where that fits. */
  private String metadata(Draft draft, String text, Deadline deadline) {
    var payload = JSON.createObjectNode();
    payload.put(Records.HANDLE, self.handle().value());
    var kind = SharedLayout.storedKind(self.kind());
    if (kind != null) {
      payload.put(Records.KIND, kind);
    }
    var parent = draft.parent();
    if (parent != null) {
      payload.put(Records.PARENT, parent.value());
    }
    payload.put(Records.TEXT, draft.content());
    if (payload.toString().getBytes(StandardCharsets.UTF_8).length > MOST_METADATA) {
      payload.remove(Records.TEXT);
      refuseIfChanged(draft.content(), text, deadline);
    }
    return JSON.createObjectNode()
        .put("event_type", Records.METADATA)
        .set("event_payload", payload)
        .toString();
  }

  private void refuseIfChanged(String content, String text, Deadline deadline) {
    if (!Texts.survives(content, text, id -> connection.people().handleOf(id, deadline))) {
      throw new ContentRejected(
          "the content holds what Slack would change (emoji names such as :smile: among emoji, Windows line ends, or blanks at its ends) and is too long to be kept beside what is shown; nothing was posted: shorten it to %,d bytes, or leave that out"
              .formatted(MOST_METADATA / 2));
    }
  }

  private JsonNode send(Draft draft, String channel, Deadline deadline) {
    var parameters = parameters(draft, channel, deadline);
    try {
      return send(parameters, deadline);
    } catch (ApiError error) {
      if (error.is("missing_scope") && Account.CUSTOMIZE.equals(error.needed())) {
        connection.account().mayNotTakeNames();
        return sendOnce(parameters(draft, channel, deadline), channel, deadline);
      }
      throw connection.faults().of(error, channel);
    }
  }

  private JsonNode sendOnce(Map<String, String> parameters, String channel, Deadline deadline) {
    try {
      return send(parameters, deadline);
    } catch (ApiError error) {
      throw connection.faults().of(error, channel);
    }
  }

  private JsonNode send(Map<String, String> parameters, Deadline deadline) throws ApiError {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (true) {
      try {
        return connection.api().tell("chat.postMessage", parameters, deadline);
      } catch (Unanswered unanswered) {
        if (unanswered.perhapsDone()) {
          throw connection.faults().outcomeUnknown(unanswered);
        }
        var pause = backoff.next();
        if (pause.compareTo(deadline.left()) >= 0 || !slept(pause)) {
          throw connection.faults().of(unanswered);
        }
      }
    }
  }

  private static boolean slept(Duration pause) {
    try {
      Deadlines.pause(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Slack answers with the text as it stored it, and warns when it cut it. */
  private void refuseIfCut(JsonNode answer, String content, Deadline deadline) {
    var stored = answer.path("message").path("text").asText(null);
    if (answer.path("response_metadata").path("warnings").toString().contains("message_truncated")
        || (stored != null && isCut(stored, content, deadline))) {
      throw new OutcomeUnknown(
          "Slack stored the post, but only a part of its text: post the rest, or delete it in Slack"
              + " and post it in parts",
          null);
    }
  }

  private boolean isCut(String stored, String content, Deadline deadline) {
    var shown = Texts.read(stored, id -> connection.people().handleOf(id, deadline));
    return shown.length() < content.strip().length() && content.strip().startsWith(shown);
  }
}
