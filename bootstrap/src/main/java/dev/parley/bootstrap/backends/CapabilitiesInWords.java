package dev.parley.bootstrap.backends;

import dev.parley.ports.outbound.Capabilities;
import java.util.List;

/** What a backend can and cannot do, for a person. */
final class CapabilitiesInWords {

  private CapabilitiesInWords() {}

  static List<String> of(Capabilities can) {
    return List.of(
        "content: at most " + can.contentLimit() + ", read back " + text(can),
        "threads: " + threads(can),
        "senders: " + attribution(can),
        "history: " + history(can),
        "order: " + order(can),
        "gaps: " + (can.exactGaps() ? "reported exactly" : "reported, with false alarms possible"),
        "edits and deletions: " + (can.editsVisible() ? "shown" : "there are none"),
        "repeating a post under a key: " + (can.idempotentPost() ? "stored once" : "stored again"),
        "several processes at once: " + (can.concurrentWriters() ? "yes" : "no"),
        "new messages: " + push(can));
  }

  private static String text(Capabilities can) {
    return switch (can.text()) {
      case EXACT -> "exactly";
      case EDGES_TRIMMED -> "without blanks at both ends";
    };
  }

  private static String threads(Capabilities can) {
    if (!can.threads()) {
      return "not kept";
    }
    return switch (can.unknownParent()) {
      case STORED -> "kept; an answer to an unknown message is stored";
      case REFUSED -> "kept; an answer to an unknown message is refused";
    };
  }

  private static String attribution(Capabilities can) {
    return switch (can.attribution()) {
      case NATIVE -> "carried by the backend itself";
      case TEXT_HEADER -> "carried in a header of the text, behind a shared account";
    };
  }

  private static String history(Capabilities can) {
    return switch (can.history()) {
      case FULL -> "to the first message, less what retention removed";
      case SINCE_FIRST_SEEN -> "since Parley first saw the topic";
      case VENDOR_LIMITED -> "as far as the vendor's plan allows";
    };
  }

  private static String order(Capabilities can) {
    var scope =
        switch (can.orderScope()) {
          case SERVER -> "the same for everybody";
          case HOMESERVER -> "the same for everybody on one homeserver";
          case BOT_STORE -> "the same for everybody who shares one bot's store";
        };
    return can.settlingMillis() == 0
        ? scope
        : "%s, settled after %d ms".formatted(scope, can.settlingMillis());
  }

  private static String push(Capabilities can) {
    return switch (can.push()) {
      case EVENT -> "sent by the backend at once";
      case WATCH -> "seen at once by watching the store";
      case POLL -> "asked for at intervals";
    };
  }
}
