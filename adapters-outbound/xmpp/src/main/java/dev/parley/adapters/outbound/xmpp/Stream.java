package dev.parley.adapters.outbound.xmpp;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * Smack's connection, of which messages, presences and the answers to our own requests are taken as
 * they come, by the one thread that reads, and so in order.
 */
final class Stream extends XMPPTCPConnection {

  // As long the server keeps for us, and others see us in the rooms when we were killed.
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(60);

  private final Predicate<String> isAwaited;
  private final Consumer<Xml> receiver;
  private volatile boolean brokeInStanza;
  private boolean bound;

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
    setUseStreamManagementResumption(true);
    setPreferredResumptionTime((int) LONGEST_ABSENCE.toSeconds());
  }

  /** Whether the server still has what came meanwhile, and we know what we had of it. */
  boolean canBeResumed() {
    return !brokeInStanza && isDisconnectedButSmResumptionPossible();
  }

  /**
   * Binds a resource, once: where a stream could not be resumed the library would do so anew, and
   * say again what the server may have stored.
   */
  @Override
  protected Resourcepart bindResourceAndEstablishSession(Resourcepart resource)
      throws SmackException, InterruptedException, XMPPException {
    if (bound) {
      throw new NotResumed();
    }
    bound = true;
    return super.bindResourceAndEstablishSession(resource);
  }

  /** The server does not go on with the stream. */
  static final class NotResumed extends SmackException {
    private static final long serialVersionUID = 1L;

    NotResumed() {
      super("the server does not resume the stream");
    }
  }

  @Override
  protected void parseAndProcessStanza(XmlPullParser parser)
      throws XmlPullParserException, IOException, InterruptedException {
    try {
      take(parser);
    } catch (XmlPullParserException | IOException cut) {
      // The library counts it as handled all the same, and the server would not send it again.
      brokeInStanza = true;
      throw cut;
    }
  }

  private void take(XmlPullParser parser)
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
