package dev.parley.adapters.outbound.zulip;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.outbound.Self;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends messages, each once: Zulip would store a repeated one a second time. */
final class Posts {

  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final ZulipApi api;
  private final ZulipSettings settings;
  private final Topics topics;
  private final People people;
  private final Faults faults;
  private final Self self;

  Posts(
      ZulipApi api,
      ZulipSettings settings,
      Topics topics,
      People people,
      Faults faults,
      Self self) {
    this.api = api;
    this.settings = settings;
    this.topics = topics;
    this.people = people;
    this.faults = faults;
    this.self = self;
  }

  /** The longest content that a server takes. */
  static ContentLimit limit(@Nullable Registration registration) {
    var declared = ZulipPlugin.CONTENT_LIMIT;
    if (registration == null) {
      return declared;
    }
    var fits = Math.max(1, registration.longest() - WireText.ROOM);
    return fits >= declared.size() ? declared : new ContentLimit(fits, declared.unit());
  }

  MessageId post(Draft draft, Registration registration, Deadline deadline) {
    var limit = limit(registration);
    var size = limit.sizeOf(draft.content());
    if (size > limit.size()) {
      throw ContentRejected.tooLong(size, limit);
    }
    var content = content(draft, registration, deadline);
    refuseIfCutOff(content, registration);
    try {
      var answer =
          api.post(
              "/messages",
              Map.of(
                  "type",
                  "stream",
                  // As a list, since a number alone may be a name as well.
                  "to",
                  "[%d]".formatted(registration.channel().id()),
                  "topic",
                  topics.nameOf(draft.topic()),
                  "content",
                  content),
              deadline.left());
      return new MessageId(answer.body().path("id").asText());
    } catch (NoAnswer none) {
      throw faults.ofPost(none);
    } catch (Refusal refusal) {
      throw faults.ofPost(refusal);
    }
  }

  private String content(Draft draft, Registration registration, Deadline deadline) {
    var parent = draft.parent();
    if (parent != null && !ID.matcher(parent.value()).matches()) {
      throw new ContentRejected(
          "'%s' is no id of a Zulip message, so that nothing can answer it; nothing was posted: pass an id that this topic gave"
              .formatted(parent));
    }
    var text = withMentions(WireText.harmless(draft.content()), deadline);
    var wire = new WireText(settings.site().toString(), registration.channel().id());
    return TextHeader.write(self.handle(), self.kind(), wire.write(text, parent));
  }

  private String withMentions(String text, Deadline deadline) {
    try {
      return people.withNativeMentions(text, deadline);
    } catch (Refusal _) {
      // The bot may not see who is there: then nobody is notified.
      return text;
    } catch (NoAnswer none) {
      throw faults.of(none);
    }
  }

  // The server would cut it off and say nothing.
  private static void refuseIfCutOff(String content, Registration registration) {
    var size = content.codePointCount(0, content.length());
    if (size > registration.longest()) {
      throw new ContentRejected(
          "the content has %,d characters as a Zulip message, with its header and what keeps mentions harmless, and the server takes %,d; nothing was posted: shorten it or post it in parts"
              .formatted(size, registration.longest()));
    }
  }
}
