package dev.parley.adapters.inbound.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists in <a
 * href="https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination">pages</a>.
 */
final class Pages {

  private static final int SIZE = 200;

  private Pages() {}

  /** The page that a request's cursor asks for, or the first one. */
  static Map<String, Object> of(String field, List<Map<String, Object>> all, Params params) {
    var cursor = params.textOrNull("cursor");
    var from = cursor == null ? 0 : place(cursor, all.size());
    var until = Math.min(all.size(), from + SIZE);
    var page = new LinkedHashMap<String, Object>();
    page.put(field, all.subList(from, until));
    if (until < all.size()) {
      page.put("nextCursor", Integer.toString(until));
    }
    return page;
  }

  private static int place(String cursor, int size) {
    try {
      var place = Integer.parseInt(cursor);
      if (place > 0 && place < size) {
        return place;
      }
    } catch (NumberFormatException notOurs) {
      throw refused(cursor);
    }
    throw refused(cursor);
  }

  private static ParamsRefused refused(String cursor) {
    return new ParamsRefused(
        "cursor '%s' is none that this list gave; leave it out to begin anew"
            .formatted(Found.shorten(cursor)));
  }
}
