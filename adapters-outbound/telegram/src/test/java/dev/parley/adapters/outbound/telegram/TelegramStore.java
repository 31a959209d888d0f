package dev.parley.adapters.outbound.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.ForeignRecord;
import dev.parley.conformance.ForeignRecord.AsMessage;
import dev.parley.conformance.ForeignRecord.AsPlaceholder;
import dev.parley.conformance.ForeignRecord.NotAtAll;
import dev.parley.conformance.ForeignRecord.Shown;
import dev.parley.conformance.Store;
import dev.parley.conformance.fault.TcpProxy;
import dev.parley.domain.topic.TopicName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One bot of the double, its groups, and a store file; people in the groups, and other bots. */
final class TelegramStore implements Store {

  static final int REQUEST_TIMEOUT_MS = 3_000;

  /** Topics that scenarios name when some backends are open already. */
  static final List<String> FROM_THE_START =
      List.of("planning", "elsewhere", "quiet", "parley-presence");

  private final BotApiDouble server;
  private final TcpProxy proxy;
  private final BotAccount bot;
  private final Account grace;
  private final Path folder;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  TelegramStore(BotApiDouble server, TcpProxy proxy) {
    this.server = server;
    this.proxy = proxy;
    this.bot = server.telegram().newBot();
    this.grace = server.telegram().newPerson("Grace", "grace");
    try {
      this.folder = Files.createTempDirectory("parley-telegram");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FROM_THE_START.forEach(topic -> prepare(new TopicName(topic)));
  }

  BotAccount bot() {
    return bot;
  }

  Account grace() {
    return grace;
  }

  Path file() {
    return folder.resolve("telegram.db");
  }

  Group group(TopicName topic) {
    return Objects.requireNonNull(groups.get(topic.value()));
  }

  @Override
  public Map<String, String> config() {
    return Map.of(
        "token",
        bot.token,
        "chat_map",
        groups.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().id)
            .collect(Collectors.joining("\n")),
        "store_path",
        file().toString(),
        "poll_timeout_s",
        "1",
        "api_url",
        "http://127.0.0.1:" + proxy.port(),
        "request_timeout_ms",
        Integer.toString(REQUEST_TIMEOUT_MS));
  }

  @Override
  public void prepare(TopicName topic) {
    groups.computeIfAbsent(
        topic.value(),
        name -> {
          var group = server.telegram().newGroup(name, true);
          server.telegram().join(group, grace, "creator");
          server.telegram().join(group, bot.account, "member");
          return group;
        });
  }

  @Override
  public Set<Loss> losses() {
    return Set.of(Loss.TRIMMED, Loss.STORE_RESET);
  }

  @Override
  public void lose(Loss loss, TopicName topic) {
    try {
      if (loss == Loss.STORE_RESET) {
        for (var end : List.of("", "-wal", "-shm")) {
          Files.deleteIfExists(Path.of(file() + end));
        }
      } else {
        trim(group(topic).id, 2);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As retention does it: the oldest go. */
  private void trim(long room, int kept) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var delete =
            connection.prepareStatement(
                "DELETE FROM messages WHERE room = ? AND seq NOT IN (SELECT seq FROM messages WHERE"
                    + " room = ? ORDER BY seq DESC LIMIT ?)")) {
      delete.setLong(1, room);
      delete.setLong(2, room);
      delete.setInt(3, kept);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<ForeignRecord> foreignRecords() {
    return List.of(
        said("a person's text", m -> m.put("text", "hello"), new AsMessage("grace", "hello")),
        said(
            "a photo with a caption",
            m -> {
              var photo = m.putArray("photo").addObject();
              photo.put("file_id", "AgACx").put("file_unique_id", "q1");
              photo.put("width", 90).put("height", 60).put("file_size", 1234);
              m.put("caption", "look");
            },
            new AsMessage("grace", "look\n[file photo.jpg 1234 B telegram-file:AgACx]")),
        said(
            "a document",
            m ->
                m.putObject("document")
                    .put("file_id", "BQACy")
                    .put("file_unique_id", "q2")
                    .put("file_name", "a[b].pdf")
                    .put("file_size", 99),
            new AsMessage("grace", "[file a_b_.pdf 99 B telegram-file:BQACy]")),
        said(
            "a place",
            m -> m.putObject("location").put("latitude", 1.5).put("longitude", 2.5),
            new AsMessage("grace", "[location 1.5, 2.5]")),
        said(
            "a kind that Parley does not show",
            m -> m.putObject("story").put("id", 1).set("chat", m.get("chat").deepCopy()),
            new AsPlaceholder()),
        new ForeignRecord(
            "a message of a later Bot API",
            this::ofLaterVersion,
            new AsMessage("grace", "forwarded")),
        new ForeignRecord(
            "an update that nobody can read",
            topic -> later(topic, m -> m.put("text", 7).put("dice", "six")),
            new AsPlaceholder()),
        event("a join", m -> m.putArray("new_chat_members").add(grace.json())),
        event("a pin", m -> m.set("pinned_message", m.deepCopy())),
        event("a new title", m -> m.put("new_chat_title", "Renamed")));
  }

  private void ofLaterVersion(TopicName topic) {
    later(
        topic,
        m -> {
          m.putObject("forward_origin").put("type", "from_the_future");
          m.put("text", "forwarded");
        });
  }

  /** The double answers what the description does not know, until it has been fetched. */
  private void later(TopicName topic, Consumer<ObjectNode> what) {
    server.answersOfLaterVersions();
    server.telegram().say(group(topic), grace, what);
    awaitFetched();
    server.answersOfThisVersion();
  }

  private ForeignRecord said(String what, Consumer<ObjectNode> content, Shown shown) {
    return new ForeignRecord(
        what,
        topic -> {
          server.telegram().say(group(topic), grace, content);
          awaitFetched();
        },
        shown);
  }

  private ForeignRecord event(String what, Consumer<ObjectNode> content) {
    return new ForeignRecord(
        what,
        topic -> {
          server.telegram().event(group(topic), grace, content);
          awaitFetched();
        },
        new NotAtAll());
  }

  /** The order is that of the store, so what comes next is not posted before this is stored. */
  void awaitFetched() {
    Awaitility.await("the updates are fetched")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> bot.updates.size() == 0);
  }

  @Override
  public Optional<Person> person() {
    return Optional.of(
        new Person() {
          @Override
          public String handle() {
            return "grace";
          }

          @Override
          public void post(TopicName topic, String content) {
            server.telegram().say(group(topic), grace, m -> m.put("text", content));
          }

          @Override
          public int notifications() {
            return server.telegram().notificationsOf(grace);
          }

          @Override
          public int previews() {
            return server.telegram().previews();
          }
        });
  }

  /** Edits of people are seen; nobody tells a bot of deletions, nor of edits of what a bot said. */
  @Override
  public Optional<Editor> editor() {
    return Optional.empty();
  }

  @Override
  public long serverObjects() {
    return proxy.connections();
  }

  @Override
  public void close() {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var violations = server.takeViolations();
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "against the description of the Bot API: " + String.join("; ", violations));
    }
  }
}
