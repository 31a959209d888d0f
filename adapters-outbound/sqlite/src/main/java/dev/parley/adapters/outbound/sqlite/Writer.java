package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.PendingPost;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.outbound.Self;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. Posts that come while it commits are stored together in the next
 * transaction; each caller gets its own id or its own error, and only after COMMIT.
 */
final class Writer implements AutoCloseable {

  private static final int MOST_POSTS = 256;
  private static final int MOST_CHARACTERS = 4 * 1_024 * 1_024;
  private static final Duration LAST_WRITE = Duration.ofSeconds(2);

  private final Database database;
  private final Faults faults;
  private final SqliteSettings settings;
  private final Self self;
  private final Runnable onCommit;
  private final LogGrowth growth;
  private final Retention retention;
  private final Queue<PendingPost> waiting = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closed;
  private volatile @Nullable Supplier<BackendException> obstacle;
  private @Nullable Link link;
  private @Nullable PostTable table;

  Writer(
      Database database,
      Faults faults,
      SqliteSettings settings,
      Self self,
      Runnable onCommit,
      LogGrowth growth) {
    this.database = database;
    this.faults = faults;
    this.settings = settings;
    this.self = self;
    this.onCommit = onCommit;
    this.growth = growth;
    this.retention = new Retention(settings.retention());
    this.thread = Thread.ofPlatform().daemon().name("parley-sqlite-writer").unstarted(this::work);
  }

  /** Starts connecting. */
  void start() {
    thread.start();
  }

  /** Stores a draft; waits for the request timeout at most. */
  MessageId post(Draft draft) {
    if (closed) {
      throw faults.closed();
    }
    var post = new PendingPost(draft);
    waiting.add(post);
    if (idle) {
      LockSupport.unpark(thread);
    }
    return post.await(settings.timeout(), this::notStored);
  }

  private BackendException notStored() {
    var known = obstacle;
    if (closed) {
      return faults.closed();
    }
    return known != null ? known.get() : faults.tooSlow();
  }

  private void work() {
    connectEarly();
    while (!closed) {
      if (waiting.isEmpty()) {
        rest();
      } else {
        storeNext();
      }
    }
    if (!waiting.isEmpty()) {
      storeNext();
    }
    failWaiting(faults.closed());
    drop();
  }

  /** Makes the first call fast; when it fails, that call tries again and says why. */
  private void connectEarly() {
    try {
      connect();
    } catch (BackendException notYet) {
      obstacle = () -> notYet;
    } catch (SQLException notYet) {
      obstacle = () -> faults.of(notYet);
    }
  }

  private void rest() {
    var pause = link == null ? Retention.RARELY : retention.step(link);
    idle = true;
    if (waiting.isEmpty() && !closed) {
      LockSupport.parkNanos(this, pause.toNanos());
    }
    idle = false;
  }

  private void storeNext() {
    try {
      var current = connect();
      if (begin(current)) {
        storeBatch(current);
      }
    } catch (BackendException fault) {
      failWaiting(fault);
    } catch (SQLException failure) {
      drop();
      failWaiting(faults.of(failure));
    } catch (RuntimeException bug) {
      drop();
      failWaiting(bug);
    }
  }

  private PostTable connect() throws SQLException {
    if (link != null && table != null && link.isCurrent()) {
      return table;
    }
    drop();
    link = database.connect();
    table = new PostTable(link, self);
    return table;
  }

  private void drop() {
    Link.closeQuietly(link);
    link = null;
    table = null;
  }

  /** Takes the write lock; false when nobody waits any more. */
  private boolean begin(PostTable current) throws SQLException {
    for (var failures = 0; someoneWaits(); failures++) {
      try {
        current.begin();
        obstacle = null;
        return true;
      } catch (SQLException failure) {
        if (!Faults.isBusy(failure)) {
          throw failure;
        }
        obstacle = () -> faults.of(failure);
        if (closed) {
          throw failure;
        }
        Patience.pause(failures);
      }
    }
    return false;
  }

  private boolean someoneWaits() {
    for (var post = waiting.peek(); post != null; post = waiting.peek()) {
      if (!post.isWithdrawn()) {
        return true;
      }
      waiting.poll();
    }
    return false;
  }

  private record Stored(PendingPost post, MessageId id) {}

  private void storeBatch(PostTable current) {
    var batch = takeBatch();
    try {
      var stored = insert(current, batch);
      confirm(current, stored);
    } catch (SQLException failure) {
      current.rollBack();
      drop();
      failBatch(batch, faults.of(failure));
    } catch (RuntimeException failure) {
      current.rollBack();
      drop();
      failBatch(batch, failure);
    }
  }

  private List<PendingPost> takeBatch() {
    var batch = new ArrayList<PendingPost>();
    var characters = 0L;
    while (batch.size() < MOST_POSTS && characters < MOST_CHARACTERS) {
      var post = waiting.poll();
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

  private List<Stored> insert(PostTable current, List<PendingPost> batch) throws SQLException {
    var now = Instant.now();
    var stored = new ArrayList<Stored>(batch.size());
    for (var post : batch) {
      try {
        stored.add(new Stored(post, current.insert(post.draft(), now)));
      } catch (SQLException failure) {
        if (!Faults.isOfStatement(failure)) {
          throw failure;
        }
        post.failed(faults.of(failure));
      }
    }
    return stored;
  }

  private void confirm(PostTable current, List<Stored> stored) throws SQLException {
    try {
      current.commit();
    } catch (SQLException failure) {
      if (!Faults.leavesCommitOpen(failure)) {
        throw failure;
      }
      throw unknown(faults.of(failure));
    }
    try {
      if (link == null || !link.isCurrent()) {
        throw unknown(faults.replaced());
      }
    } catch (BackendException fileIsGone) {
      throw unknown(fileIsGone);
    }
    var characters = 0L;
    for (var each : stored) {
      each.post().stored(each.id());
      characters += each.post().draft().content().length();
    }
    onCommit.run();
    growth.committed(characters);
  }

  private static OutcomeUnknown unknown(BackendException why) {
    return new OutcomeUnknown("the post may or may not have been stored: " + why.getMessage(), why);
  }

  private static void failBatch(List<PendingPost> batch, RuntimeException why) {
    batch.forEach(post -> post.failed(why));
  }

  // Those that wait now: a caller that tries again at once must not get the same error again.
  private void failWaiting(RuntimeException why) {
    for (var left = waiting.size(); left > 0; left--) {
      var post = waiting.poll();
      if (post != null && post.take()) {
        post.failed(why);
      }
    }
  }

  /** Stores what waits, once more, and ends the thread. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(LAST_WRITE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
