package dev.parley.conformance.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server of the reference backend, a process of its own: keeps every store below one folder,
 * prints its port, and serves until it is stopped or killed.
 */
final class JournalServer {

  private final Path folder;
  private final Map<String, Journal> journals = new HashMap<>();
  private final Set<JournalSession> sessions = ConcurrentHashMap.newKeySet();

  private JournalServer(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    var server = new JournalServer(Path.of(args[0]));
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(listening.getLocalPort());
      while (true) {
        var session = new JournalSession(server, listening.accept());
        Thread.ofVirtual().start(session::serve);
      }
    }
  }

  /** The journal of a store, opened when it is first asked for. */
  synchronized Journal journal(String store) {
    return journals.computeIfAbsent(store, this::open);
  }

  /** Deletes a store, so that the next one to ask for it gets a new, empty one. */
  synchronized void reset(String store) throws IOException {
    try (var journal = journals.remove(store)) {
      if (journal != null) {
        Files.delete(path(store));
      }
    }
  }

  void joined(JournalSession session) {
    sessions.add(session);
  }

  void left(JournalSession session) {
    sessions.remove(session);
  }

  /** The sessions that have a store open. */
  List<JournalSession> sessionsOn(String store) {
    return sessions.stream().filter(session -> session.isOn(store)).toList();
  }

  private Journal open(String store) {
    try {
      return new Journal(path(store));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String store) {
    return folder.resolve(store + ".journal");
  }
}
