package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.MAM;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was asked over one connection, and not answered yet. */
final class Answers {

  private final Map<String, CompletableFuture<Xml>> requests = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Xml>> queries = new ConcurrentHashMap<>();

  /** Hears of results until it is closed. */
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  /** The answer to a request of this id. */
  CompletableFuture<Xml> expect(String id) {
    var answer = new CompletableFuture<Xml>();
    requests.put(id, answer);
    var _ = answer.whenComplete((_, _) -> requests.remove(id, answer));
    return answer;
  }

  boolean isAwaited(@Nullable String id) {
    return id != null && requests.containsKey(id);
  }

  /** Hears of the results of a query of an archive, until that is closed. */
  Listening listenTo(String query, Consumer<Xml> results) {
    queries.put(query, results);
    return () -> queries.remove(query);
  }

  /** Takes a stanza if it is an answer, whether anybody still waits for it or not. */
  boolean received(Xml stanza) {
    if (stanza.name().equals("iq")) {
      var id = stanza.attribute("id");
      var request = id == null ? null : requests.get(id);
      if (request != null) {
        request.complete(stanza);
      }
      return true;
    }
    var result = stanza.child("result", MAM);
    var query = result.map(r -> r.attribute("queryid")).map(queries::get);
    query.ifPresent(results -> results.accept(stanza));
    return result.isPresent();
  }

  /** None of them will be answered. */
  void fail() {
    var why = new IOException("the connection broke");
    requests.values().forEach(request -> request.completeExceptionally(why));
  }
}
