package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.CLIENT;
import static dev.parley.adapters.outbound.xmpp.Namespaces.FALLBACK;
import static dev.parley.adapters.outbound.xmpp.Namespaces.PARLEY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.REFERENCES;
import static dev.parley.adapters.outbound.xmpp.Namespaces.REPLY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_IDS;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.outbound.Self;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.XmlStringBuilder;

/** Writes a draft as a message that clients show, and that bridges read back as it was. */
final class Writing {

  private static final int LONGEST_QUOTE = 80;

  private final Self self;

  Writing(Self self) {
    this.self = self;
  }

  /** The body as text; Smack's own leaves {@code ]]>} as it is, which XML does not allow. */
  private record Body(String text) implements ExtensionElement {
    @Override
    public String getElementName() {
      return "body";
    }

    @Override
    public String getNamespace() {
      return CLIENT;
    }

    @Override
    public CharSequence toXML(XmlEnvironment enclosing) {
      return new XmlStringBuilder(this, enclosing)
          .rightAngleBracket()
          .escape(text)
          .closeElement(this);
    }
  }

  /** The stanza of a draft. */
  Message message(String id, Draft draft, Room room, Occupants occupants) {
    refuseWhatXmlCannotCarry(draft.content());
    var parts = new ArrayList<ExtensionElement>();
    var quote = quote(draft, room);
    parts.add(new Body(quote + LineEnds.carried(draft.content())));
    parts.add(Request.element("origin-id", STANZA_IDS, "id", id));
    parts.add(sender(draft.content()));
    parts.addAll(reply(draft, room, quote));
    parts.addAll(mentions(LineEnds.carried(draft.content()), codePoints(quote), occupants));
    return StanzaBuilder.buildMessage(id)
        .to(room.address().jid())
        .ofType(Message.Type.groupchat)
        .addExtensions(parts)
        .build();
  }

  private ExtensionElement sender(String content) {
    var element =
        Request.builder(
            "sender",
            PARLEY,
            "handle",
            self.handle().value(),
            "kind",
            self.kind().name().toLowerCase(Locale.ROOT));
    var ends = LineEnds.of(content);
    if (!ends.isEmpty()) {
      element.addAttribute("line-ends", ends);
    }
    return element.build();
  }

  private static String quote(Draft draft, Room room) {
    var parent = draft.parent();
    return parent == null
        ? ""
        : room.recent()
            .find(parent)
            .map(message ->
                "> %s: %s\n".formatted(message.sender().handle(), shown(message.content())))
            .orElse("");
  }

  private static String shown(String content) {
    var line = content.strip().lines().findFirst().orElse("");
    if (codePoints(line) <= LONGEST_QUOTE && line.length() == content.strip().length()) {
      return line;
    }
    var end = line.offsetByCodePoints(0, Math.min(codePoints(line), LONGEST_QUOTE));
    return line.substring(0, end) + "...";
  }

  private static List<ExtensionElement> reply(Draft draft, Room room, String quote) {
    MessageId parent = draft.parent();
    if (parent == null) {
      return List.of();
    }
    var parts = new ArrayList<ExtensionElement>();
    var reply = Request.builder("reply", REPLY, "id", parent.value());
    room.recent()
        .find(parent)
        .ifPresent(
            message -> reply.addAttribute("to", room.address() + "/" + message.sender().handle()));
    parts.add(reply.build());
    if (!quote.isEmpty()) {
      parts.add(
          Request.builder("fallback", FALLBACK, "for", REPLY)
              .addElement(
                  Request.element(
                      "body", FALLBACK, "start", "0", "end", Integer.toString(codePoints(quote))))
              .build());
    }
    return parts;
  }

  /** Tells clients of people that they are mentioned, by the rule of the domain. */
  private List<ExtensionElement> mentions(String content, int before, Occupants occupants) {
    var parts = new ArrayList<ExtensionElement>();
    for (var at = content.indexOf('@'); at >= 0; at = content.indexOf('@', at + 1)) {
      var name = Handle.longestAt(content, at + 1);
      if (!Handle.isHandle(name) || continuesWord(content, at)) {
        continue;
      }
      var begin = before + content.codePointCount(0, at);
      occupants
          .named(name)
          .filter(account -> !account.isEmpty())
          .ifPresent(account ->
              parts.add(
                  Request.element(
                      "reference",
                      REFERENCES,
                      "type",
                      "mention",
                      "begin",
                      Integer.toString(begin),
                      "end",
                      Integer.toString(begin + 1 + name.length()),
                      "uri",
                      "xmpp:" + account)));
    }
    return parts;
  }

  private static boolean continuesWord(String content, int at) {
    if (at == 0) {
      return false;
    }
    var before = content.codePointBefore(at);
    return Character.isLetterOrDigit(before) || "@._-/+".indexOf(before) >= 0;
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void refuseWhatXmlCannotCarry(String content) {
    for (var n = 0; n < content.length(); n += Character.charCount(content.codePointAt(n))) {
      var c = content.codePointAt(n);
      if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF) {
        throw new ContentRejected(
            "the content has the character U+%04X at index %d, which XMPP cannot carry; nothing was posted: remove it"
                .formatted(c, n));
      }
    }
  }
}
