package dev.parley.adapters.outbound.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slots of a cluster, both ends included, and the primary that has them. */
record SlotRange(int first, int last, Address primary) {

  /**
   * Reads the reply to {@code CLUSTER SLOTS}.
   *
   * @param asked the node that answered; it may leave out its own host
   */
  static List<SlotRange> all(@Nullable Object reply, Address asked) {
    var ranges = new ArrayList<SlotRange>();
    if (reply instanceof List<?> list) {
      for (var range : list) {
        if (range instanceof List<?> parts
            && parts.size() > 2
            && parts.get(0) instanceof Long first
            && parts.get(1) instanceof Long last
            && parts.get(2) instanceof List<?> primary
            && primary.size() > 1
            && primary.get(1) instanceof Long port) {
          var host = Replies.text(primary.getFirst());
          ranges.add(
              new SlotRange(
                  first.intValue(),
                  last.intValue(),
                  new Address(isKnown(host) ? host : asked.host(), port.intValue())));
        }
      }
    }
    return ranges;
  }

  static boolean isKnown(String host) {
    return !host.isEmpty() && !host.equals("?");
  }
}
