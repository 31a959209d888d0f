package dev.parley.adapters.outbound.discord;

import static dev.parley.adapters.outbound.discord.Fixture.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.History;
import dev.parley.conformance.server.Prism;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call that Parley makes, and every answer of the double, against the vendor's own
 * description of the API.
 */
class ContractTest {

  private static final TopicName REVIEW = new TopicName("review");

  @TempDir static Path folder;
  private static @Nullable Fixture running;
  private static @Nullable Prism checking;

  private final Fixture fixture = Objects.requireNonNull(running);
  private final Prism prism = Objects.requireNonNull(checking);
  private final Map<String, String> throughPrism =
      Map.of("api_url", prism.url(), "request_timeout_ms", "60000");
  private final int violationsBefore = prism.violations().size();

  @BeforeAll
  static void start() {
    running = new Fixture(folder);
    checking = new Prism(DiscordDescription.writtenInto(folder), running.discord().apiUrl());
  }

  @AfterAll
  static void end() throws Exception {
    if (checking != null) {
      checking.close();
    }
    if (running != null) {
      running.close();
    }
  }

  private List<String> violations() {
    var all = prism.violations();
    return all.subList(violationsBefore, all.size());
  }

  @Test
  void everyCallAndEveryAnswerIsAsTheVendorDescribesIt() {
    var alice = fixture.open("alice", throughPrism);
    var person = fixture.store().person().orElseThrow();
    var first = alice.post(Draft.of(PLANNING, "by webhook, to @" + person.handle()));
    var _ = alice.post(Draft.of(PLANNING, "a reply").inReplyTo(first));
    var _ = alice.post(Draft.of(PLANNING, "once").under(new IdempotencyKey("k")));
    var _ = alice.post(Draft.of(PLANNING, "once").under(new IdempotencyKey("k")));
    person.post(PLANNING, "from a person");
    assertThat(alice.resolveIdentity(new Handle(person.handle())).account()).isNotNull();
    assertThat(alice.resolveIdentity(new Handle("nobody.here")).account()).isNull();

    var whole = History.whole(alice, PLANNING);
    assertThat(whole).hasSize(4);
    var middle = whole.get(1).cursor();
    assertThat(alice.fetchRecent(PLANNING, Window.before(middle, 10)).messages()).hasSize(1);
    assertThat(alice.fetchRecent(PLANNING, Window.latest(2)).messages()).hasSize(2);

    fixture.channel().denied = Permissions.MANAGE_WEBHOOKS;
    var bob = fixture.open("bob", throughPrism);
    var _ = bob.post(Draft.of(PLANNING, "with a header"));
    assertThatThrownBy(
            () -> bob.post(Draft.of(PLANNING, "x").inReplyTo(new MessageId("1234567890"))))
        .isInstanceOf(BackendException.ContentRejected.class);
    fixture.channel().denied = Permissions.SEND_MESSAGES | Permissions.MANAGE_WEBHOOKS;
    assertThatThrownBy(() -> bob.post(Draft.of(PLANNING, "x")))
        .isInstanceOf(BackendException.AccessDenied.class);
    fixture.channel().denied = 0;
    assertThat(violations()).isEmpty();
    assertThat(doctor()).allMatch(finding -> finding.level() == Finding.Level.OK);
    assertThat(violations()).isEmpty();
    assertThat(prism.requests()).isGreaterThan(20);
  }

  private Iterable<Finding> doctor() {
    var plugin = new DiscordPlugin();
    var config = new HashMap<>(fixture.store().config());
    config.putAll(throughPrism);
    return plugin.diagnose(OpenStore.config(plugin, config));
  }

  @Test
  void aCallThatTheVendorDoesNotDescribeIsCaught() throws IOException, InterruptedException {
    var channel = Shapes.id(fixture.channel().id);
    post("/channels/%s/messages".formatted(channel), "{\"content\": 5}");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void anAnswerThatTheVendorDoesNotDescribeIsCaught() {
    var alice = fixture.open("alice", throughPrism);
    var id = fixture.discord().realm().newId();
    var channel = fixture.store().channel(REVIEW);
    var message = Shapes.message(id, channel.id, Shapes.user(1, "x", false), "text");
    message.remove("pinned");
    channel.add(message);
    assertThatThrownBy(() -> alice.fetchRecent(REVIEW, Window.latest(5)))
        .isInstanceOf(BackendException.class);
    assertThat(violations()).isNotEmpty();
  }

  private void post(String path, String json) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(prism.url() + path))
              .header("Authorization", "Bot " + fixture.store().bot().token)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build();
      var _ = client.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }
}
