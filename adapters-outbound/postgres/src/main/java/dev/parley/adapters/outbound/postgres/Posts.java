package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.PendingPost;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Self;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit. A topic's posts are stored by one thread, which lives as long as posts wait: those
 * that come while it is at the server are stored together in the next transaction. So one process
 * never waits for its own lock on a topic, and topics do not wait for each other.
 */
final class Posts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Posts.class);
  private static final Duration LAST_WRITE = Duration.ofMillis(200);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Database database;
  private final Faults faults;
  private final PostgresSettings settings;
  private final PostTable table;
  private final ConcurrentHashMap<TopicName, WaitingPosts> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean registered = new AtomicBoolean();
  private volatile boolean closed;

  Posts(Database database, Faults faults, PostgresSettings settings, Self self) {
    this.database = database;
    this.faults = faults;
    this.settings = settings;
    this.table = new PostTable(settings, self);
  }

  /** Stores a draft; waits for the request timeout at most. */
  MessageId post(Draft draft) {
    if (closed) {
      throw faults.closed();
    }
    var post = new PendingPost(draft);
    waiting.compute(
        draft.topic(),
        (topic, known) -> {
          var posts = known;
          if (posts == null) {
            posts = new WaitingPosts(topic);
            start(posts);
          }
          posts.add(post);
          return posts;
        });
    return post.await(settings.timeout(), () -> closed ? faults.closed() : faults.tooSlow());
  }

  private void start(WaitingPosts posts) {
    Thread.ofVirtual().name("parley-postgres-post").start(() -> storeAll(posts));
  }

  private void storeAll(WaitingPosts posts) {
    while (waiting.computeIfPresent(
            posts.topic(), (topic, current) -> current.isEmpty() ? null : current)
        != null) {
      storeNext(posts);
    }
  }

  private void storeNext(WaitingPosts posts) {
    var batch = new ArrayList<PendingPost>();
    try {
      database.with(
          database.deadline(),
          connection -> {
            // Taken once a connection is there, and only once: a second attempt is for these.
            if (batch.isEmpty()) {
              batch.addAll(posts.take());
            }
            store(connection, posts.topic(), batch);
            return batch;
          });
    } catch (BackendException fault) {
      fail(posts, batch, fault);
    } catch (SQLException failure) {
      fail(posts, batch, faults.of(failure));
    } catch (RuntimeException bug) {
      fail(posts, batch, faults.unexpected(bug));
    }
  }

  private static void fail(WaitingPosts posts, List<PendingPost> batch, BackendException why) {
    batch.forEach(post -> post.failed(why));
    posts.fail(why);
  }

  /** Stores posts together and settles each; throws only when there are no tables to store in. */
  private void store(Connection connection, TopicName topic, List<PendingPost> posts)
      throws SQLException {
    if (posts.isEmpty()) {
      return;
    }
    var repeated = new ArrayList<PendingPost>();
    try {
      var ids = table.insert(connection, topic, drafts(posts));
      for (var n = 0; n < posts.size(); n++) {
        var id = ids.get(n);
        if (id == null) {
          repeated.add(posts.get(n));
        } else {
          posts.get(n).stored(id);
        }
      }
    } catch (SQLException failure) {
      refused(connection, topic, posts, failure);
    }
    settleRepeated(connection, topic, repeated);
    register(connection);
  }

  private void refused(
      Connection connection, TopicName topic, List<PendingPost> posts, SQLException failure)
      throws SQLException {
    if (Faults.isOfMissingTables(failure)) {
      throw failure;
    }
    if (Faults.isOfData(failure) && posts.size() > 1) {
      // One of them is at fault; the others are to be stored.
      for (var post : posts) {
        store(connection, topic, List.of(post));
      }
      return;
    }
    var why = Faults.leavesCommitOpen(failure) ? faults.unknown(failure) : faults.of(failure);
    posts.forEach(post -> post.failed(why));
  }

  private void settleRepeated(Connection connection, TopicName topic, List<PendingPost> posts) {
    if (posts.isEmpty()) {
      return;
    }
    try {
      var known = table.storedBefore(connection, topic, drafts(posts));
      for (var post : posts) {
        var id = known.get(post.draft().key());
        if (id == null) {
          post.failed(faults.deletedMeanwhile());
        } else {
          post.stored(id);
        }
      }
    } catch (SQLException failure) {
      var why = faults.unknown(failure);
      posts.forEach(post -> post.failed(why));
    }
  }

  private static List<Draft> drafts(List<PendingPost> posts) {
    var drafts = new ArrayList<Draft>(posts.size());
    for (var post : posts) {
      drafts.add(post.draft());
    }
    return drafts;
  }

  private void register(Connection connection) {
    if (registered.compareAndSet(false, true)) {
      try {
        table.register(connection);
      } catch (SQLException notAllowed) {
        LOG.debug("the sender is not listed", notAllowed);
      }
    }
  }

  /** Waits a moment for what is being stored; what still waits then is not stored. */
  @Override
  public void close() {
    closed = true;
    var deadline = System.nanoTime() + LAST_WRITE.toNanos();
    while (!waiting.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    waiting.values().forEach(posts -> posts.fail(faults.closed()));
  }
}
