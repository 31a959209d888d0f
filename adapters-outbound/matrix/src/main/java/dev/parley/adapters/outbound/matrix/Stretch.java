package dev.parley.adapters.outbound.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.matrix.Homeserver.Call;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of a room from a place on, in one direction and in the order of arrival. The
 * homeserver lists them in the order of the room's graph. The two differ only where an event of
 * another server comes in: it may belong far back. So where there is one, and where one may stand
 * beyond the end of a stretch that is read backwards, each event's place of arrival is asked for.
 */
final class Stretch {

  private static final int MOST_AT_ONCE = 250;
  private static final int MOST_BY_ARRIVAL = 50;
  private static final int USUAL_CHARACTERS = 1_024 * 1_024;
  private static final String FILTER =
      Homeserver.encoded("{\"types\":[\"m.room.message\",\"m.sticker\",\"m.room.encrypted\"]}");

  private final Account account;
  private final Arrivals arrivals;
  private final EventReader reader;
  private final Room room;
  private final Deadline deadline;
  private final String direction;
  private final List<Read> read = new ArrayList<>();
  private final Set<MessageId> ids = new HashSet<>();
  private @Nullable String token;
  private boolean exhausted;

  Stretch(
      Account account,
      Arrivals arrivals,
      EventReader reader,
      Room room,
      Deadline deadline,
      String direction) {
    this.account = account;
    this.arrivals = arrivals;
    this.reader = reader;
    this.room = room;
    this.deadline = deadline;
    this.direction = direction;
  }

  /** Messages in the order in which they were read, and whether there are more. */
  record Found(List<Message> messages, boolean more) {}

  private record Read(Message message, JsonNode event) {}

  private record Numbered(Message message, long number) {}

  /** Reads up to so many messages; from the very end of the room where no place is given. */
  Found read(@Nullable String from, int limit) throws NoAnswer, Refused {
    token = from;
    // One more than is shown tells whether there are more.
    while (!exhausted && fitting(messages(), limit) == read.size()) {
      readOn(Math.min(limit - read.size() + 1, MOST_AT_ONCE), null);
    }
    if (isFromHereOnly() && nothingLateBeyond()) {
      return cut(messages(), limit);
    }
    return byArrival(Math.min(limit, MOST_BY_ARRIVAL));
  }

  private List<Message> messages() {
    return read.stream().map(Read::message).toList();
  }

  private boolean isFromHereOnly() throws NoAnswer, Refused {
    var session = account.session(deadline);
    return read.stream()
        .map(one -> one.event().path("sender").asText(""))
        .allMatch(sender -> sender.endsWith(":" + session.serverName()));
  }

  // What was made here came after all that was here, so nothing before a stretch can be missing.
  private boolean nothingLateBeyond() throws NoAnswer, Refused {
    if (exhausted || direction.equals("f") || token == null || Tokens.number(token) == 0) {
      return true;
    }
    var answer =
        chunk(Tokens.furtherOn(token, direction), 1, Tokens.upTo(Tokens.number(token) + 1, token));
    return answer.path("chunk").isEmpty();
  }

  /** In the order of arrival, with what arrived in between and stands further on in the graph. */
  private Found byArrival(int limit) throws NoAnswer, Refused {
    var numbered = new ArrayList<Numbered>();
    number(numbered, 0);
    var known = read.size();
    if (!exhausted && token != null) {
      var last = numbered.get(Math.min(limit, numbered.size() - 1)).number();
      var to = Tokens.upTo(last, token);
      token = Tokens.furtherOn(token, direction);
      while (!exhausted) {
        readOn(MOST_AT_ONCE, to);
      }
      number(numbered, known);
    }
    return cut(numbered.stream().map(Numbered::message).toList(), limit);
  }

  private void number(List<Numbered> numbered, int from) throws NoAnswer, Refused {
    for (var one : read.subList(from, read.size())) {
      numbered.add(new Numbered(one.message(), arrivals.numberOf(room, one.event(), deadline)));
    }
    var ascending = Comparator.comparingLong(Numbered::number);
    numbered.sort(direction.equals("f") ? ascending : ascending.reversed());
  }

  private static Found cut(List<Message> messages, int limit) {
    var size = fitting(messages, limit);
    return new Found(new ArrayList<>(messages.subList(0, size)), size < messages.size());
  }

  /** How many of the messages make a page. */
  private static int fitting(List<Message> messages, int limit) {
    var size = 0;
    var weight = 0;
    while (size < Math.min(limit, messages.size()) && weight < USUAL_CHARACTERS) {
      weight += messages.get(size).content().length();
      size++;
    }
    return size;
  }

  private void readOn(int count, @Nullable String to) throws NoAnswer, Refused {
    var answer = chunk(token, count, to);
    for (var event : answer.path("chunk")) {
      Optional<Message> message = reader.read(room, event);
      if (message.isPresent() && ids.add(message.get().id())) {
        read.add(new Read(message.get(), event));
      }
    }
    var end = answer.path("end").asText("");
    exhausted = end.isEmpty() || end.equals(token);
    token = exhausted ? token : end;
  }

  private JsonNode chunk(@Nullable String place, int count, @Nullable String to)
      throws NoAnswer, Refused {
    var path =
        "%s/messages?dir=%s&limit=%d&filter=%s".formatted(room.path(), direction, count, FILTER);
    var from = place == null ? "" : "&from=" + Homeserver.encoded(place);
    var until = to == null ? "" : "&to=" + Homeserver.encoded(to);
    return account.ask(Call.get(path + from + until), deadline);
  }
}
