package dev.parley.conformance.reference;

import dev.parley.domain.participant.Sender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One client of the server. The first line says which store, who, and of which kind; every other
 * line is a request {@code number operation arguments}, answered by {@code number ok ...} or {@code
 * number refused why}. A subscription's messages come as {@code live number entry}.
 */
final class JournalSession {

  private static final String NOTHING = Fields.line("");

  private final JournalServer server;
  private final Socket socket;
  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
  private final Map<String, String> subscriptions = new ConcurrentHashMap<>();
  private String store = "";
  private String handle = "";
  private Sender.Kind kind = Sender.Kind.UNVERIFIED;

  JournalSession(JournalServer server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  boolean isOn(String asked) {
    return store.equals(asked);
  }

  void serve() {
    var writing = Thread.ofVirtual().start(this::write);
    try (socket;
        var lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket.setTcpNoDelay(true);
      greet(lines.readLine());
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var request = Fields.of(line);
        outgoing.add(answer(request));
      }
    } catch (IOException e) {
      // The client is gone; its session ends like one that was closed.
    } finally {
      server.left(this);
      writing.interrupt();
    }
  }

  /** Hands a new entry to the subscriptions of its topic; the store's monitor is held. */
  void publish(Entry entry) {
    subscriptions.forEach((number, topic) -> {
      if (topic.equals(entry.topic())) {
        outgoing.add(Fields.line("live", number, Fields.line(entry.fields())));
      }
    });
  }

  private void greet(String line) {
    var hello = Fields.of(line);
    store = hello.get(0);
    handle = hello.get(1);
    kind = Sender.Kind.valueOf(hello.get(2));
    server.joined(this);
  }

  private String answer(List<String> request) throws IOException {
    var number = request.get(0);
    var journal = server.journal(store);
    synchronized (journal) {
      try {
        return Fields.line(number, "ok", answer(journal, request));
      } catch (IllegalArgumentException e) {
        return Fields.line(number, "refused", String.valueOf(e.getMessage()));
      }
    }
  }

  private String answer(Journal journal, List<String> request) throws IOException {
    var topic = request.get(2);
    return switch (request.get(1)) {
      case "post" -> post(journal, topic, request);
      case "after" -> stretch(journal, journal.after(topic, place(request), limit(request)));
      case "before" -> stretch(journal, journal.before(topic, place(request), limit(request)));
      case "latest" -> stretch(journal, journal.latest(topic, limit(request)));
      case "subscribe" -> {
        subscriptions.put(request.get(0), topic);
        yield NOTHING;
      }
      case "unsubscribe" -> {
        subscriptions.remove(request.get(3));
        yield NOTHING;
      }
      case "id" -> Fields.line(journal.id());
      case "foreign" -> {
        var before = journal.last();
        journal.foreign(topic, request.get(3));
        published(journal.after(topic, before, 1));
        yield NOTHING;
      }
      default -> administer(journal, topic, request);
    };
  }

  private String administer(Journal journal, String topic, List<String> request)
      throws IOException {
    switch (request.get(1)) {
      case "edit" -> journal.edit(place(request), topic, request.get(4));
      case "delete" -> journal.delete(place(request), topic);
      case "trim" -> journal.trim(topic, limit(request));
      case "reset" -> server.reset(store);
      case "clients" -> {
        var clients = 0;
        for (var session : server.sessionsOn(store)) {
          clients += session == this ? 0 : 1 + session.subscriptions.size();
        }
        return Fields.line(clients);
      }
      default -> throw new IllegalArgumentException("no operation " + request.get(1));
    }
    return NOTHING;
  }

  private String post(Journal journal, String topic, List<String> request) {
    var before = journal.last();
    var account = kind == Sender.Kind.PERSON ? "u-" + handle : "";
    var draft = Journal.draft(topic, handle, kind, account, request.get(3), request.get(5));
    var seq = journal.post(draft, request.get(4));
    if (seq > before) {
      published(journal.after(topic, before, 1));
    }
    return Fields.line(seq);
  }

  private void published(Journal.Stretch posted) {
    for (var entry : posted.entries()) {
      server.sessionsOn(store).forEach(session -> session.publish(entry));
    }
  }

  private static String stretch(Journal journal, Journal.Stretch stretch) {
    var fields = new ArrayList<Object>();
    fields.add(journal.id());
    fields.add(journal.last());
    fields.add(stretch.next());
    fields.add(stretch.more());
    fields.add(stretch.gap());
    stretch.entries().forEach(entry -> fields.add(Fields.line(entry.fields())));
    return Fields.line(fields);
  }

  private static int limit(List<String> request) {
    return Integer.parseInt(request.getLast());
  }

  private static long place(List<String> request) {
    return Long.parseLong(request.get(3));
  }

  private void write() {
    try (var out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
      while (true) {
        out.write(outgoing.take() + "\n");
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone.
    }
  }
}
