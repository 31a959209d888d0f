package dev.parley.adapters.outbound.xmpp;

import java.util.List;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jxmpp.jid.Jid;

/** A request of one element, with the elements in it. */
final class Request extends IQ {

  private final boolean empty;

  private Request(Type type, Jid to, String name, String namespace, List<ExtensionElement> parts) {
    super(name, namespace);
    setType(type);
    setTo(to);
    empty = parts.isEmpty();
    addExtensions(parts);
  }

  /** Asks for something. */
  static Request get(Jid to, String name, String namespace) {
    return new Request(Type.get, to, name, namespace, List.of());
  }

  /** Asks to change something. */
  static Request set(Jid to, String name, String namespace, ExtensionElement part) {
    return new Request(Type.set, to, name, namespace, List.of(part));
  }

  /** An element without anything in it but attributes, given as names and values in turn. */
  static StandardExtensionElement element(String name, String namespace, String... attributes) {
    return builder(name, namespace, attributes).build();
  }

  static StandardExtensionElement.Builder builder(
      String name, String namespace, String... attributes) {
    var builder = StandardExtensionElement.builder(name, namespace);
    for (var n = 0; n + 1 < attributes.length; n += 2) {
      builder.addAttribute(attributes[n], attributes[n + 1]);
    }
    return builder;
  }

  @Override
  protected IQChildElementXmlStringBuilder getIQChildElementBuilder(
      IQChildElementXmlStringBuilder xml) {
    if (empty) {
      xml.setEmptyElement();
    } else {
      xml.rightAngleBracket();
    }
    return xml;
  }
}
