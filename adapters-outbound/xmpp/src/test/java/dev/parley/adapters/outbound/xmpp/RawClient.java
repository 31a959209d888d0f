package dev.parley.adapters.outbound.xmpp;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.util.StringUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * A client that sends what it is told, also what no decent client would, and remembers what comes.
 */
final class RawClient implements AutoCloseable {

  private static final AtomicInteger IDS = new AtomicInteger();
  private static final String STREAM = "http://etherx.jabber.org/streams";

  private final Socket socket;
  private final Reader reader;
  private final List<Xml> received = new CopyOnWriteArrayList<>();

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.reader = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
  }

  /** Logged in, with nobody told. */
  static RawClient connected(int port, String account) {
    SmackSetup.ensure();
    try {
      var client = new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
      client.logIn(account);
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XmlPullParserException e) {
      throw new IllegalStateException(e);
    }
  }

  private void logIn(String account) throws IOException, XmlPullParserException {
    var first = openStream();
    var secret = "\0%s\0%s".formatted(account, XmppServer.PASSWORD);
    send(
        "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%s</auth>"
            .formatted(
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
    var answer = next(first);
    if (!answer.name().equals("success")) {
      throw new IllegalStateException("%s cannot log in: %s".formatted(account, answer));
    }
    var second = openStream();
    var _ = Thread.ofVirtual().name("raw-client").start(() -> readAll(second));
    ask("set", "", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>");
  }

  private XmlPullParser openStream() throws IOException, XmlPullParserException {
    send(
        "<?xml version='1.0'?><stream:stream to='%s' xmlns='jabber:client' xmlns:stream='%s' version='1.0'>"
            .formatted(XmppServer.DOMAIN, STREAM));
    // At the start tag of the stream.
    var parser = PacketParserUtils.getParserFor(reader);
    var _ = next(parser);
    return parser;
  }

  private static Xml next(XmlPullParser parser) throws IOException, XmlPullParserException {
    while (parser.next() != XmlPullParser.Event.START_ELEMENT) {
      // Blanks between stanzas.
    }
    return Xml.read(parser);
  }

  private void readAll(XmlPullParser parser) {
    try {
      while (true) {
        for (var event = parser.next(); event != XmlPullParser.Event.START_ELEMENT; ) {
          if (event == XmlPullParser.Event.END_ELEMENT
              || event == XmlPullParser.Event.END_DOCUMENT) {
            return;
          }
          event = parser.next();
        }
        received.add(Xml.read(parser));
      }
    } catch (IOException | XmlPullParserException e) {
      // Closed.
    }
  }

  void send(String xml) {
    try {
      socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks and waits for the answer. */
  Xml ask(String type, String to, String child) {
    var id = "raw" + IDS.incrementAndGet();
    send(
        "<iq type='%s' id='%s'%s>%s</iq>"
            .formatted(type, id, to.isEmpty() ? "" : " to='" + to + "'", child));
    return await(stanza -> stanza.name().equals("iq") && id.equals(stanza.attribute("id")));
  }

  /** Waits for a stanza, whether it has come already or not. */
  Xml await(Predicate<Xml> wanted) {
    return await(0, wanted);
  }

  private Xml await(int first, Predicate<Xml> wanted) {
    Awaitility.await("a stanza")
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> received.stream().skip(first).anyMatch(wanted));
    return received.stream().skip(first).filter(wanted).findFirst().orElseThrow();
  }

  List<Xml> received() {
    return List.copyOf(received);
  }

  /** Enters a room; the room is made when there is none. */
  void join(String room, String nick) {
    join(room, nick, "");
  }

  void join(String room, String nick, String more) {
    var presence = enter(room, nick, more);
    while (isLocked(presence)) {
      // Somebody makes it at this moment; a person tries again.
      presence = enter(room, nick, more);
    }
    if ("error".equals(presence.attribute("type"))) {
      throw new IllegalStateException("cannot enter: " + presence);
    }
    if (Entrance.isMade(presence)) {
      // As a person sets up a room for agents.
      configure(room, "muc#roomconfig_whois", "anyone", "muc#roomconfig_persistentroom", "1");
    }
  }

  /** Makes a room and leaves it as it is: locked, until its owner sets it up. */
  void makeOnly(String room, String nick) {
    if (!Entrance.isMade(enter(room, nick, ""))) {
      throw new IllegalStateException("is there already: " + room);
    }
  }

  private Xml enter(String room, String nick, String more) {
    var id = "join" + IDS.incrementAndGet();
    var before = received.size();
    send(
        "<presence id='%s' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>%s</presence>"
            .formatted(id, room, nick, more));
    return await(
        before,
        stanza ->
            stanza.name().equals("presence")
                && (room + "/" + nick).equals(stanza.attribute("from")));
  }

  private static boolean isLocked(Xml presence) {
    return presence
        .child("error", Namespaces.CLIENT)
        .flatMap(error -> error.child("item-not-found", Namespaces.STANZA_ERRORS))
        .isPresent();
  }

  /** Changes settings of a room, given as names and values in turn, as its owner. */
  void configure(String room, String... settings) {
    var fields =
        new StringBuilder(
            "<field"
                + " var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>");
    for (var n = 0; n < settings.length; n += 2) {
      fields.append(
          "<field var='%s'><value>%s</value></field>".formatted(settings[n], settings[n + 1]));
    }
    var answer =
        ask(
            "set",
            room,
            "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>%s</x></query>"
                .formatted(fields));
    if (!"result".equals(answer.attribute("type"))) {
      throw new IllegalStateException("cannot configure: " + answer);
    }
  }

  /** Says something in a room that it is in. */
  void say(String room, String text) {
    say(room, text, "");
  }

  /** The same with more elements; returns the stanza as the room passed it on. */
  Xml say(String room, String text, String more) {
    var id = "raw" + IDS.incrementAndGet();
    var body = text.isEmpty() ? "" : "<body>%s</body>".formatted(StringUtils.escapeForXml(text));
    send(
        "<message type='groupchat' id='%s' to='%s'>%s%s</message>".formatted(id, room, body, more));
    return await(stanza -> stanza.name().equals("message") && id.equals(stanza.attribute("id")));
  }

  /** The archive of a room. */
  List<Xml> archive(String room) {
    var query = "raw" + IDS.incrementAndGet();
    var _ =
        ask(
            "set",
            room,
            ("<query xmlns='urn:xmpp:mam:2' queryid='%s'><set"
                 + " xmlns='http://jabber.org/protocol/rsm'><max>50</max><before/></set></query>")
                .formatted(query));
    return received.stream()
        .flatMap(stanza -> stanza.child("result", Namespaces.MAM).stream())
        .filter(result -> query.equals(result.attribute("queryid")))
        .toList();
  }

  /** Destroys a room, as its owner. */
  void destroy(String room) {
    var _ =
        ask("set", room, "<query xmlns='http://jabber.org/protocol/muc#owner'><destroy/></query>");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
