package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.adapters.outbound.support.TextHeader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Mentions;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Self;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is sent for a draft: a text that any client shows with the sender's name in front, the same
 * with the name in bold, and the sender for other bridges. {@code m.mentions} is always there, so
 * that no client looks for names in the text by itself.
 */
final class Content {

  /** An event has at most 65,536 bytes; its other fields, hashes and signatures take the rest. */
  static final int MOST_BYTES = 63_000;

  // Beats and acts of hand-offs are for machines and lists: nobody is to be notified of them.
  private static final Pattern FOR_MACHINES =
      Pattern.compile(
          "\\{\"v\":\\d.*|[#!](claim|progress|decline|release|cancel) ho-.*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private final Self self;

  Content(Self self) {
    this.self = self;
  }

  /**
   * The content of an event.
   *
   * @param mentioned the accounts of the names that the draft mentions, by name in lower case
   */
  ObjectNode of(Draft draft, Map<String, String> mentioned) {
    var text = draft.content();
    var content = Json.object();
    content.put(
        "msgtype",
        mentioned.isEmpty() && FOR_MACHINES.matcher(text).matches() ? "m.notice" : "m.text");
    content.put("body", TextHeader.write(self.handle(), self.kind(), text));
    content
        .putObject(EventReader.SENDER_FIELD)
        .put("handle", self.handle().value())
        .put("kind", self.kind() == Sender.Kind.PERSON ? "person" : "agent");
    var mentions = content.putObject("m.mentions");
    if (!mentioned.isEmpty()) {
      var users = mentions.putArray("user_ids");
      mentioned.values().stream().distinct().forEach(users::add);
    }
    if (draft.parent() != null) {
      content
          .putObject("m.relates_to")
          .putObject("m.in_reply_to")
          .put("event_id", draft.parent().value());
    }
    addFormatted(content, text, mentioned);
    return content;
  }

  /** In the largest texts the plain one has to do. */
  private void addFormatted(ObjectNode content, String text, Map<String, String> mentioned) {
    var who = self.kind() == Sender.Kind.PERSON ? self.handle() + " (person)" : self.handle();
    var formatted = "<strong>%s:</strong> %s".formatted(who, Html.of(text, mentioned));
    if (Json.bytes(content).length + Json.bytes(Json.object().put("", formatted)).length
        < MOST_BYTES - "formatted_body,format:org.matrix.custom.html".length() * 2) {
      content.put("format", "org.matrix.custom.html").put("formatted_body", formatted);
    }
  }

  /** A text in HTML, looking as it was typed. */
  private static final class Html {

    static String of(String text, Map<String, String> mentioned) {
      var escaped =
          text.replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("  ", "&nbsp; ")
              .replace("\r\n", "\n")
              .replace("\n", "<br>");
      return Mentions.rewrite(
          escaped,
          name -> {
            var account = mentioned.get(lowerCase(name));
            return account == null
                ? null
                : "<a href=\"https://matrix.to/#/%s\">@%s</a>"
                    .formatted(Homeserver.encoded(account), name);
          });
    }
  }

  static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
