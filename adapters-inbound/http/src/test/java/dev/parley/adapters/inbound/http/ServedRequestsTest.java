package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.inbound.http.HttpServer.Options;
import dev.parley.adapters.inbound.mcp.FixtureTools;
import dev.parley.adapters.inbound.mcp.Requests;
import io.helidon.webserver.http.HttpFeature;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a request that was answered: enough to find it again, and no secret. */
class ServedRequestsTest {

  private final OneTopic topic = new OneTopic();
  private final List<Served> told = new CopyOnWriteArrayList<>();
  private final HttpFeature everybodyIsAnn =
      routing ->
          routing.addFilter((chain, request, _) -> {
            request.context().register((Principal) () -> "ann's grant");
            chain.proceed();
          });
  private final HttpServer server =
      new HttpServer(
          new Options(
              "1", "127.0.0.1", 0, "http://127.0.0.1", List.of("127.0.0.1"), Optional.empty()),
          FixtureTools.catalogue(),
          new Requests(topic, topic, topic),
          List.of(everybodyIsAnn, new Health(topic, topic)),
          told::add);
  private Asking client = new Asking(0);

  @BeforeEach
  void start() {
    client = new Asking(server.start());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Served only() {
    await().until(() -> !told.isEmpty());
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  @Test
  void it_has_method_path_status_and_client() {
    client.get("/health?token=secret-1", "X-Forwarded-For", "203.0.113.9");
    var served = only();
    assertThat(served.method()).isEqualTo("GET");
    assertThat(served.path()).isEqualTo("/health");
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.duration()).isPositive();
    assertThat(served.streamed()).isFalse();
    assertThat(String.valueOf(served.client())).contains("203.0.113.9");
    assertThat(served.toString()).doesNotContain("secret", "ann");
  }

  @Test
  void who_asked_is_logged_as_a_short_hash() {
    assertThat(ServedRequests.hash(() -> "ann's grant")).matches("[0-9a-f]{8}");
  }

  @Test
  void what_is_refused_is_told_as_well() {
    client.get("/nowhere");
    assertThat(only().status()).isEqualTo(404);
    told.clear();
    client.get("/mcp", "Origin", "https://evil.example");
    assertThat(only().status()).isEqualTo(403);
  }

  @Test
  void a_path_cannot_end_a_line_and_is_no_longer_than_it_need_be() {
    client.get("/%0a%1b%5b31m" + "x".repeat(1000));
    assertThat(only().path()).startsWith("/%0a%1b").hasSize(200);
  }
}
