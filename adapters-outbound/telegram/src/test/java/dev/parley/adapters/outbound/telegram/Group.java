package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A group of the double: its members, each with a status, and its messages. */
final class Group {

  final long id;
  final String title;
  final boolean supergroup;
  final Map<Long, String> members = new LinkedHashMap<>();
  final TreeMap<Integer, ObjectNode> messages = new TreeMap<>();
  int nextMessage = 1;
  @Nullable Long movedTo;

  Group(long id, String title, boolean supergroup) {
    this.id = id;
    this.title = title;
    this.supergroup = supergroup;
  }

  boolean isAdministrator(long account) {
    var status = members.get(account);
    return "administrator".equals(status) || "creator".equals(status);
  }
}
