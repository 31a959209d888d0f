package dev.parley.adapters.outbound.xmpp;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.Feed;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Measures the adapter alone on all servers. Run it with the flags of the launcher. */
final class Figures {

  private static final TopicName TOPIC = new TopicName("figures");
  private static final int WARM_UP = 200;
  private static final int POSTS = 1_000;
  private static final int PAGES = 200;
  private static final int PUSHES = 300;

  private Figures() {}

  public static void main(String[] arguments) throws InterruptedException {
    for (var kind : Kind.values()) {
      try (var server = kind.server()) {
        server.start();
        System.out.printf("%s %s%n", server.product(), server.version());
        measure(server);
      }
    }
  }

  private static void measure(XmppServer server) throws InterruptedException {
    try (var writer = Fixture.open(server, "alice", "f-");
        var reader = Fixture.open(server, "bob", "f-")) {
      var _ = posts(writer, WARM_UP);
      print("post, one after another", posts(writer, POSTS));
      var _ = pages(reader, WARM_UP);
      print("page of 100", pages(reader, PAGES));
      print("push, from before the post", pushes(writer, reader));
    }
  }

  private static long[] posts(Backend backend, int count) {
    var times = new long[count];
    for (var n = 0; n < count; n++) {
      var start = System.nanoTime();
      var _ = backend.post(Draft.of(TOPIC, "message number " + n + " of a few that are posted"));
      times[n] = System.nanoTime() - start;
    }
    return times;
  }

  private static long[] pages(Backend backend, int count) {
    var times = new long[count];
    for (var n = 0; n < count; n++) {
      var start = System.nanoTime();
      var _ = backend.fetchRecent(TOPIC, Window.latest(100));
      times[n] = System.nanoTime() - start;
    }
    return times;
  }

  /** What comes by a feed, with the time of it. */
  private record Arrivals(BlockingQueue<Long> messages, BlockingQueue<Boolean> live)
      implements Feed {
    @Override
    public void message(Message message) {
      messages.add(System.nanoTime());
    }

    @Override
    public void behind() {
      live.add(true);
    }

    @Override
    public void interrupted(BackendException why) {
      System.out.println("interrupted: " + why.getMessage());
    }
  }

  private static long[] pushes(Backend writer, Backend reader) throws InterruptedException {
    var times = new long[PUSHES];
    var arrivals = new Arrivals(new ArrayBlockingQueue<>(PUSHES), new ArrayBlockingQueue<>(PUSHES));
    try (var _ = reader.subscribe(TOPIC, arrivals)) {
      var _ = arrivals.live().take();
      for (var n = 0; n < PUSHES; n++) {
        var start = System.nanoTime();
        var _ = writer.post(Draft.of(TOPIC, "spaced message " + n));
        var arrived = arrivals.messages().poll(10, TimeUnit.SECONDS);
        if (arrived == null) {
          throw new IllegalStateException("message %d did not arrive".formatted(n));
        }
        times[n] = arrived - start;
      }
    }
    return times;
  }

  private static void print(String what, long[] times) {
    Arrays.sort(times);
    System.out.printf(
        "%s: p50 %.1f ms, p99 %.1f ms%n",
        what, times[times.length / 2] / 1e6, times[times.length * 99 / 100] / 1e6);
  }
}
