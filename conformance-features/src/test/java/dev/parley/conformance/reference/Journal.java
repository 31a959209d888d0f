package dev.parley.conformance.reference;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One store: a file of lines that is only ever appended to, and what the lines add up to. Every
 * line is with the operating system before the call that wrote it returns, so that it outlives the
 * server's process. Callers hold the journal's monitor.
 */
final class Journal implements AutoCloseable {

  private static final int PAGE_BYTES = 1 << 20;

  /** A page as the server gives it. */
  record Stretch(List<Entry> entries, long next, boolean more, boolean gap) {}

  private final BufferedWriter file;
  private final Map<String, NavigableMap<Long, Entry>> topics = new HashMap<>();
  private final Map<String, Long> trimmed = new HashMap<>();
  private final Map<String, Long> keys = new HashMap<>();
  private String id = "";
  private long last;

  Journal(Path path) throws IOException {
    if (Files.exists(path)) {
      Files.readAllLines(path).forEach(this::replay);
    }
    file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (id.isEmpty()) {
      record(List.of("store", UUID.randomUUID()));
    }
  }

  String id() {
    return id;
  }

  /** Stores a message, or finds the one stored under the same key. */
  long post(Entry draft, String key) {
    var known = key.isEmpty() ? null : keys.get(draft.sender() + " " + key);
    if (known != null) {
      return known;
    }
    record(List.of("post", key, Fields.line(at(last + 1, draft).fields())));
    return last;
  }

  /** Stores a record of other software. */
  void foreign(String topic, String raw) {
    record(List.of("raw", last + 1, topic, raw));
  }

  void edit(long seq, String topic, String content) {
    record(List.of("edit", seq, topic, content));
  }

  void delete(long seq, String topic) {
    record(List.of("delete", seq, topic));
  }

  /** Forgets all but the newest so many messages of a topic. */
  void trim(String topic, int keep) {
    var entries = entries(topic);
    var upTo = 0L;
    for (var n = entries.size() - keep; n > 0; n--) {
      upTo = entries.firstKey();
      entries.remove(upTo);
    }
    record(List.of("trim", topic, upTo));
  }

  Entry entry(long seq, String topic) {
    var entry = entries(topic).get(seq);
    if (entry == null) {
      throw new IllegalArgumentException("no entry " + seq);
    }
    return entry;
  }

  long last() {
    return last;
  }

  /** The first entries after a place. */
  Stretch after(String topic, long seq, int limit) {
    var entries = entries(topic).tailMap(seq, false).values();
    var page = page(new ArrayList<>(entries), limit);
    var next = page.isEmpty() ? Math.max(seq, trimmed(topic)) : page.getLast().seq();
    return new Stretch(page, next, page.size() < entries.size(), seq < trimmed(topic));
  }

  /** The last entries before a place, ascending. */
  Stretch before(String topic, long seq, int limit) {
    var entries = new ArrayList<>(entries(topic).headMap(seq, false).values());
    var page = page(entries.reversed(), limit).reversed();
    var next = page.isEmpty() ? seq : page.getFirst().seq();
    return new Stretch(page, next, page.size() < entries.size(), seq > 0 && seq <= trimmed(topic));
  }

  Stretch latest(String topic, int limit) {
    var newest = before(topic, Long.MAX_VALUE, limit);
    var next = newest.entries().isEmpty() ? last : newest.entries().getLast().seq();
    return new Stretch(newest.entries(), next, newest.more(), false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static List<Entry> page(List<Entry> entries, int limit) {
    var weight = 0;
    var page = new ArrayList<Entry>();
    for (var entry : entries) {
      weight += entry.weight();
      if (page.size() == limit || (weight > PAGE_BYTES && !page.isEmpty())) {
        break;
      }
      page.add(entry);
    }
    return page;
  }

  private NavigableMap<Long, Entry> entries(String topic) {
    return topics.computeIfAbsent(topic, t -> new TreeMap<>());
  }

  private long trimmed(String topic) {
    return trimmed.getOrDefault(topic, 0L);
  }

  private void record(List<?> fields) {
    try {
      var line = Fields.line(fields);
      file.write(line);
      file.newLine();
      file.flush();
      replay(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replay(String line) {
    var fields = Fields.of(line);
    switch (fields.getFirst()) {
      case "store" -> id = fields.get(1);
      case "post" -> {
        var entry = Entry.of(Fields.of(fields.get(2)));
        keep(entry);
        if (!fields.get(1).isEmpty()) {
          keys.put(entry.sender() + " " + fields.get(1), entry.seq());
        }
      }
      case "raw" -> {
        var seq = Long.parseLong(fields.get(1));
        last = seq;
        ForeignLayout.read(seq, fields.get(2), fields.get(3)).ifPresent(this::keep);
      }
      case "edit" -> change(fields, fields.get(3), Message.Condition.EDITED);
      case "delete" -> change(fields, "(deleted)", Message.Condition.DELETED);
      case "trim" -> {
        var upTo = Long.parseLong(fields.get(2));
        entries(fields.get(1)).headMap(upTo, true).clear();
        trimmed.merge(fields.get(1), upTo, Math::max);
      }
      default -> throw new IllegalStateException("unknown record " + fields.getFirst());
    }
  }

  private void keep(Entry entry) {
    entries(entry.topic()).put(entry.seq(), entry);
    last = entry.seq();
  }

  private void change(List<String> fields, String content, Message.Condition condition) {
    var seq = Long.parseLong(fields.get(1));
    entries(fields.get(2)).computeIfPresent(seq, (s, entry) -> entry.changed(content, condition));
  }

  private static Entry at(long seq, Entry draft) {
    return new Entry(
        seq,
        draft.topic(),
        draft.sender(),
        draft.kind(),
        draft.account(),
        System.currentTimeMillis(),
        draft.parent(),
        draft.content(),
        draft.condition());
  }

  /** A message that is not stored yet. */
  static Entry draft(
      String topic,
      String sender,
      Sender.Kind kind,
      String account,
      String parent,
      String content) {
    return new Entry(
        0, topic, sender, kind, account, 0, parent, content, Message.Condition.ORIGINAL);
  }
}
