package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_IDS;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What was said to one room, and not heard from it yet. */
final class PostsUnderWay {

  private final Map<String, CompletableFuture<Xml>> posts = new ConcurrentHashMap<>();

  /** Awaits what the room makes of a post of this id. */
  CompletableFuture<Xml> expect(String id) {
    var outcome = new CompletableFuture<Xml>();
    posts.put(id, outcome);
    var _ = outcome.whenComplete((_, _) -> posts.remove(id, outcome));
    return outcome;
  }

  /** The room's answer to a post, or its echo. */
  void settle(Xml answer) {
    var id =
        answer
            .child("origin-id", STANZA_IDS)
            .map(origin -> origin.attribute("id"))
            .orElse(answer.attribute("id"));
    var post = id == null ? null : posts.get(id);
    if (post != null) {
      post.complete(answer);
    }
  }

  /** Nothing will be heard of any of them. */
  void lost(IOException why) {
    posts.values().forEach(post -> post.completeExceptionally(why));
  }
}
