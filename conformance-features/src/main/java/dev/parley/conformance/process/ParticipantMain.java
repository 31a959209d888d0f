package dev.parley.conformance.process;

import dev.parley.application.PresenceRules;
import dev.parley.application.PushRules;
import dev.parley.application.UseCases;
import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.conformance.session.KeptInMemory;
import dev.parley.domain.handoff.Act;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendPlugin;
import dev.parley.ports.outbound.PresenceWire;
import dev.parley.ports.outbound.Self;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/**
 * A participant in a process of its own, or one after the other. Its input is text: first the
 * plugin's class, the handle, the state folder and the config, then one order per line; it answers
 * each on its output. After the order to leave, the next participant may come. It ends with its
 * input, unless it is killed first.
 */
public final class ParticipantMain implements AutoCloseable {

  private static final long PAUSE_NANOS = 1_000_000;
  private static final Duration LONGEST_POST = Duration.ofSeconds(10);

  /** What it says when it has left. */
  static final String LEFT = "left";

  private final Backend backend;
  private final Handle handle;
  private final List<LiveReader> readers = new ArrayList<>();
  private boolean silent;

  private ParticipantMain(Backend backend, Handle handle) {
    this.backend = backend;
    this.handle = handle;
  }

  /** Reads who to be, obeys until it is to leave, and begins again. */
  public static void main(String[] args) throws Exception {
    var input = new Scanner(System.in, StandardCharsets.UTF_8);
    while (input.hasNextLine()) {
      takePart(input);
      System.out.println(LEFT);
    }
  }

  private static void takePart(Scanner input) throws Exception {
    var plugin =
        Class.forName(next(input))
            .asSubclass(BackendPlugin.class)
            .getDeclaredConstructor()
            .newInstance();
    var handle = new Handle(next(input));
    var state = Path.of(next(input));
    var config = new LinkedHashMap<String, String>();
    for (var settings = Integer.parseInt(next(input)); settings > 0; settings--) {
      config.put(next(input), next(input));
    }
    try (var backend = OpenStore.as(handle, Sender.Kind.AGENT, plugin, config, state);
        var participant = new ParticipantMain(backend, handle)) {
      while (input.hasNextLine() && participant.obeys(Order.parse(input.nextLine()))) {}
    }
  }

  private boolean obeys(Order order) throws InterruptedException {
    switch (order) {
      case Order.Post post -> post(post);
      case Order.Chain chain -> chain(chain);
      case Order.Claim claim -> claim(claim);
      case Order.Follow follow -> {
        readers.add(new LiveReader(backend, follow.topic(), this::sayRead));
        say("following");
      }
      case Order.Leave _ -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    readers.forEach(LiveReader::close);
    silence();
  }

  private void post(Order.Post order) {
    for (var n = 1; n <= order.count(); n++) {
      var draft = Draft.of(order.topic(), "%s %d".formatted(order.words(), n));
      say("posted " + Order.encoded(backend.post(draft).value()));
    }
    say("done");
  }

  /** Claims as an agent does, and says what came of it. */
  private void claim(Order.Claim order) throws InterruptedException {
    var kept = new KeptInMemory();
    try (var can =
        UseCases.over(
            backend,
            "suite",
            new Self(handle, Sender.Kind.AGENT, new InstanceId(handle.value()), Path.of("unused")),
            new AllowedTopics(List.of(order.topic()), List.of(), new TopicName("presence")),
            new PushRules(List.of(new SenderGlob("*")), null, Integer.MAX_VALUE),
            new PresenceRules(false, true, Duration.ofMinutes(10), Duration.ofMinutes(30)),
            ServiceLoader.load(PresenceWire.class).findFirst().orElseThrow(),
            kept,
            kept,
            kept,
            LONGEST_POST)) {
      var outcome = can.handOffWork().perform(order.topic(), new Act.Claim(order.id(), ""));
      say("took %s %s".formatted(outcome.verdict(), Order.encoded(outcome.sentence())));
    }
    say("done");
  }

  /** Chains pages from the oldest message on until it has seen so many. */
  private void chain(Order.Chain order) {
    var page = backend.fetchRecent(order.topic(), Window.oldest(order.size()));
    var seen = 0;
    while (true) {
      page.messages().forEach(this::sayRead);
      seen += page.messages().size();
      if (seen >= order.until() && !page.more()) {
        break;
      }
      page = backend.fetchRecent(order.topic(), Window.after(page.next(), order.size()));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    say("done");
  }

  private static String next(Scanner input) {
    return Order.decoded(input.nextLine());
  }

  private void sayRead(Message message) {
    say("read " + Order.encoded(message.id().value()));
  }

  private synchronized void say(String line) {
    if (!silent) {
      System.out.println(line);
      System.out.flush();
    }
  }

  // What a reader still has in hand is not said in the name of the next participant.
  private synchronized void silence() {
    silent = true;
  }
}
