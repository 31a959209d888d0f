package dev.parley.adapters.outbound.xmpp;

import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jivesoftware.smack.Smack;
import org.jivesoftware.smack.SmackConfiguration;

/** Loads Smack with what is used of it, once. */
final class SmackSetup {

  // These would answer by themselves, keep threads, and parse what strangers send.
  private static final List<String> NOT_USED =
      List.of(
          "org.jivesoftware.smack.ReconnectionManager",
          "org.jivesoftware.smack.util.dns.javax.JavaxResolver",
          "org.jivesoftware.smack.im.SmackImInitializer",
          "org.jivesoftware.smack.extensions.ExtensionsInitializer",
          "org.jivesoftware.smack.experimental.ExperimentalInitializer");

  // The limits of Java's parser count over the whole life of a connection, which is one document:
  // a hundred thousand of `&lt;` would end it, or one element with 201 attributes, for everybody in
  // the room. The server limits what it passes on; document types are off.
  private static final List<String> PARSER_LIMITS =
      List.of(
          "jdk.xml.maxGeneralEntitySizeLimit",
          "jdk.xml.totalEntitySizeLimit",
          "jdk.xml.entityExpansionLimit",
          "jdk.xml.entityReplacementLimit",
          "jdk.xml.elementAttributeLimit",
          "jdk.xml.maxElementDepth",
          "jdk.xml.maxXMLNameLimit");

  static {
    // What goes wrong is told by errors. Smack's classes have loggers below this one and so hold
    // it.
    var logger = Logger.getLogger("org.jivesoftware.smack");
    logger.setLevel(Level.SEVERE);
    NOT_USED.forEach(SmackConfiguration::addDisabledSmackClass);
    // Smack keeps its parser's factory to itself; it takes the limits from here when it is made.
    var before = new HashMap<String, String>();
    for (var limit : PARSER_LIMITS) {
      var set = System.setProperty(limit, "0");
      if (set != null) {
        before.put(limit, set);
      }
    }
    try {
      Smack.ensureInitialized();
    } finally {
      Reference.reachabilityFence(logger);
      PARSER_LIMITS.forEach(System::clearProperty);
      before.forEach(System::setProperty);
    }
  }

  private SmackSetup() {}

  /** Sees to it that Smack is loaded. */
  static void ensure() {}
}
