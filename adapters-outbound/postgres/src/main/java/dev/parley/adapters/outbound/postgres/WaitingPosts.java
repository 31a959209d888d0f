package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.PendingPost;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The posts of one topic that wait to be stored, in the order they came. */
final class WaitingPosts {

  private static final int MOST_POSTS = 256;
  private static final int MOST_CHARACTERS = 4 * 1_024 * 1_024;

  private final TopicName topic;
  private final Queue<PendingPost> queue = new ConcurrentLinkedQueue<>();

  WaitingPosts(TopicName topic) {
    this.topic = topic;
  }

  TopicName topic() {
    return topic;
  }

  void add(PendingPost post) {
    queue.add(post);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** Takes what is to be stored together next; withdrawn posts are left out. */
  List<PendingPost> take() {
    var batch = new ArrayList<PendingPost>();
    var characters = 0L;
    while (batch.size() < MOST_POSTS && characters < MOST_CHARACTERS) {
      var post = queue.poll();
      if (post == null) {
        break;
      }
      if (post.take()) {
        batch.add(post);
        characters += post.draft().content().length();
      }
    }
    return batch;
  }

  /** Fails those that wait now: a caller that tries again at once gets another chance. */
  void fail(BackendException why) {
    for (var left = queue.size(); left > 0; left--) {
      var post = queue.poll();
      if (post != null && post.take()) {
        post.failed(why);
      }
    }
  }
}
