package dev.parley.adapters.outbound.zulip.realm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which messages a client gets: around an anchor, of a narrow. */
final class MessageReading {

  private static final int MOST = 5_000;
  // What Zulip takes for the newest.
  private static final long LARGER_THAN_ANY = 10_000_000_000_000_000L;

  private final Realm realm;

  MessageReading(Realm realm) {
    this.realm = realm;
  }

  Answer read(Call call, Account caller) {
    var before = number(call, "num_before");
    var after = number(call, "num_after");
    if (before.isEmpty() || after.isEmpty()) {
      return Answer.error(400, "REQUEST_VARIABLE_MISSING", "Missing 'num_before' argument");
    }
    if (before.get() + after.get() > MOST) {
      return Answer.badRequest("Too many messages requested (maximum %d).".formatted(MOST));
    }
    if (call.text("apply_markdown").map(Boolean::parseBoolean).orElse(true)) {
      return Answer.badRequest("the double knows no HTML: pass apply_markdown=false");
    }
    Predicate<StoredMessage> narrow =
        message -> message.channel().subscribers().contains(caller.id());
    for (var term : call.json("narrow").map(MessageReading::terms).orElse(List.of())) {
      var next = predicate(term);
      if (next.isEmpty()) {
        return Answer.error(400, "BAD_NARROW", "Invalid narrow operator: unknown channel");
      }
      narrow = narrow.and(next.get());
    }
    return around(
        call, realm.messages().stream().filter(narrow).toList(), before.get(), after.get());
  }

  private static Optional<Integer> number(Call call, String name) {
    return call.text(name).map(Integer::parseInt);
  }

  private static List<JsonNode> terms(JsonNode narrow) {
    var terms = new ArrayList<JsonNode>();
    narrow.forEach(terms::add);
    return terms;
  }

  private Optional<Predicate<StoredMessage>> predicate(JsonNode term) {
    var operand = term.path("operand");
    return switch (term.path("operator").asText()) {
      case "stream", "channel" ->
          (operand.isNumber()
                  ? realm.findChannel(operand.asLong())
                  : realm.findChannel(operand.asText()))
              .map(channel -> message -> message.channel() == channel);
      case "topic" -> Optional.of(message -> message.topic().equalsIgnoreCase(operand.asText()));
      default -> Optional.empty();
    };
  }

  private static Answer around(Call call, List<StoredMessage> all, int numBefore, int numAfter) {
    var text = call.text("anchor").orElse("first_unread");
    var toTheLeft = text.equals("oldest");
    var toTheRight = text.equals("newest") || text.equals("first_unread");
    long anchor = toTheLeft ? 0 : toTheRight ? LARGER_THAN_ANY : Long.parseLong(text);
    var include = call.text("include_anchor").map(Boolean::parseBoolean).orElse(true);
    var older = all.stream().filter(message -> message.id() < anchor).toList();
    var newer = all.stream().filter(message -> message.id() > anchor).toList();
    var exact = all.stream().filter(message -> include && message.id() == anchor).toList();
    var left = older.subList(Math.max(0, older.size() - numBefore), older.size());
    var right = newer.subList(0, Math.min(newer.size(), numAfter));
    var body =
        Shapes.success()
            .put("anchor", anchor)
            .put("found_anchor", !exact.isEmpty())
            // A full half leaves it open whether there is more.
            .put("found_oldest", toTheLeft || left.size() < numBefore)
            .put("found_newest", toTheRight || right.size() < numAfter)
            .put("history_limited", false);
    var messages = body.putArray("messages");
    for (var part : List.of(left, exact, right)) {
      part.forEach(message -> {
        var shape = Shapes.message(message);
        shape.putArray("flags");
        messages.add(shape);
      });
    }
    return Answer.ok(body);
  }
}
