package dev.parley.adapters.outbound.xmpp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * An element as it came, whatever is in it. Smack's own classes for the elements of messages refuse
 * what is malformed and take the whole connection down with it; anybody in a room may send that.
 *
 * @param text all of its own text
 * @param attributes those without a prefix
 */
record Xml(
    String name,
    String namespace,
    Map<String, String> attributes,
    String text,
    List<Xml> children) {

  private static final int DEEPEST = 32;

  /** Reads the element at whose start tag the parser is, up to its end tag. */
  static Xml read(XmlPullParser parser) throws XmlPullParserException, IOException {
    return read(parser, DEEPEST);
  }

  private static Xml read(XmlPullParser parser, int deeper)
      throws XmlPullParserException, IOException {
    var name = parser.getName();
    var namespace = parser.getNamespace();
    var attributes = attributes(parser);
    var text = new StringBuilder();
    var children = new ArrayList<Xml>();
    for (var event = parser.next(); event != XmlPullParser.Event.END_ELEMENT; ) {
      if (event == XmlPullParser.Event.START_ELEMENT) {
        if (deeper > 0) {
          children.add(read(parser, deeper - 1));
        } else {
          skip(parser);
        }
      } else if (event == XmlPullParser.Event.TEXT_CHARACTERS) {
        text.append(parser.getText());
      }
      event = parser.next();
    }
    return new Xml(
        name,
        namespace == null ? "" : namespace,
        Map.copyOf(attributes),
        text.toString(),
        List.copyOf(children));
  }

  private static Map<String, String> attributes(XmlPullParser parser) {
    var attributes = new HashMap<String, String>();
    for (var n = 0; n < parser.getAttributeCount(); n++) {
      var prefix = parser.getAttributePrefix(n);
      if (prefix == null || prefix.isEmpty()) {
        attributes.put(parser.getAttributeName(n), parser.getAttributeValue(n));
      }
    }
    return attributes;
  }

  /** Passes over the element at whose start tag the parser is. */
  static void skip(XmlPullParser parser) throws XmlPullParserException, IOException {
    for (var open = 1; open > 0; ) {
      var event = parser.next();
      if (event == XmlPullParser.Event.START_ELEMENT) {
        open++;
      } else if (event == XmlPullParser.Event.END_ELEMENT) {
        open--;
      }
    }
  }

  @Nullable String attribute(String attribute) {
    return attributes.get(attribute);
  }

  boolean is(String itsName, String itsNamespace) {
    return name.equals(itsName) && namespace.equals(itsNamespace);
  }

  /** The first child of this name. */
  Optional<Xml> child(String childName, String childNamespace) {
    return children.stream().filter(child -> child.is(childName, childNamespace)).findFirst();
  }

  /** The first child of this name and of the same namespace. */
  Optional<Xml> child(String childName) {
    return child(childName, namespace);
  }

  /** Every child of this name. */
  List<Xml> all(String childName, String childNamespace) {
    return children.stream().filter(child -> child.is(childName, childNamespace)).toList();
  }
}
