package dev.parley.conformance.process;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.outbound.Backend;
import dev.parley.ports.outbound.BackendPlugin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Scanner;
import java.util.concurrent.locks.LockSupport;

/**
 * A participant in a process of its own. Its input is text: first the plugin's class, the handle,
 * the state folder and the config, then one order per line; it answers each on its output. It ends
 * with its input, unless it is killed first.
 */
public final class ParticipantMain {

  private static final long PAUSE_NANOS = 1_000_000;

  private final Backend backend;

  private ParticipantMain(Backend backend) {
    this.backend = backend;
  }

  /** Reads who to be, then obeys. */
  public static void main(String[] args) throws Exception {
    var input = new Scanner(System.in, StandardCharsets.UTF_8);
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
    try (var backend = OpenStore.as(handle, Sender.Kind.AGENT, plugin, config, state)) {
      var participant = new ParticipantMain(backend);
      while (input.hasNextLine()) {
        participant.obey(Order.parse(input.nextLine()));
      }
    }
  }

  private void obey(Order order) {
    switch (order) {
      case Order.Post post -> post(post);
      case Order.Chain chain -> chain(chain);
      case Order.Follow follow -> {
        var _ = new LiveReader(backend, follow.topic(), ParticipantMain::sayRead);
        say("following");
      }
    }
  }

  private void post(Order.Post order) {
    for (var n = 1; n <= order.count(); n++) {
      var draft = Draft.of(order.topic(), "%s %d".formatted(order.words(), n));
      say("posted " + Order.encoded(backend.post(draft).value()));
    }
    say("done");
  }

  /** Chains pages from the oldest message on until it has seen so many. */
  private void chain(Order.Chain order) {
    var page = backend.fetchRecent(order.topic(), Window.oldest(order.size()));
    var seen = 0;
    while (true) {
      page.messages().forEach(ParticipantMain::sayRead);
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

  private static void sayRead(Message message) {
    say("read " + Order.encoded(message.id().value()));
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
