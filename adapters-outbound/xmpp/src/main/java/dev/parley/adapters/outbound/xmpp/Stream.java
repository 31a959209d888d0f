package dev.parley.adapters.outbound.xmpp;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;

/**
 * Smack's connection, of which messages, presences and the answers to our own requests are taken as
 * they come, by the one thread that reads, and so in order.
 */
final class Stream extends XMPPTCPConnection {

  private final Predicate<String> isAwaited;
  private final Consumer<Xml> receiver;

  /**
   * A connection that is not made yet.
   *
   * @param isAwaited whether an answer of this id is to go to the receiver, not to Smack
   */
  Stream(
      XMPPTCPConnectionConfiguration config, Predicate<String> isAwaited, Consumer<Xml> receiver) {
    super(config);
    this.isAwaited = isAwaited;
    this.receiver = receiver;
    setUseStreamManagement(false);
    setUseStreamManagementResumption(false);
  }

  @Override
  protected void parseAndProcessStanza(XmlPullParser parser)
      throws XmlPullParserException, IOException, InterruptedException {
    var isAnswer = parser.getName().equals("iq") && isAnswer(parser.getAttributeValue("", "type"));
    if (!parser.getName().equals("iq")
        || (isAnswer && isAwaited.test(parser.getAttributeValue("", "id")))) {
      receiver.accept(Xml.read(parser));
    } else if (isAnswer && isAuthenticated()) {
      // Nobody asked: an answer that came too late, or a stranger's.
      Xml.skip(parser);
    } else {
      super.parseAndProcessStanza(parser);
    }
  }

  private static boolean isAnswer(String type) {
    return "result".equals(type) || "error".equals(type);
  }
}
