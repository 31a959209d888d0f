package dev.parley.adapters.outbound.clientdocuments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.outbound.ClientDocuments.Unusable;
import io.helidon.webclient.api.DnsAddressLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchedClientDocumentsTest {

  private static final ClientId ID = new ClientId("https://client.test/client.json");
  private static final String GOOD =
      """
      {"client_id":"https://client.test/client.json","client_name":"Example",
       "redirect_uris":["https://client.test/cb","http://localhost/cb"],"logo_uri":"x"}
      """;
  private static final String OK = "200 OK\r\nContent-Type: application/json";

  @TempDir static Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private TlsServer server;
  private FetchedClientDocuments documents;

  @BeforeEach
  void serve() throws IOException, GeneralSecurityException, InterruptedException {
    server = new TlsServer(folder);
    documents = documents(Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private FetchedClientDocuments documents(Duration patience) {
    var client =
        BoundedFetch.client(FetchedClientDocumentsTest::thisMachine, patience)
            .tls(server.trusting())
            .build();
    return new FetchedClientDocuments(
        new BoundedFetch(client, server.port(), patience), nanos::get);
  }

  private static InetAddress thisMachine(String host, DnsAddressLookup lookup) {
    try {
      return InetAddress.getByAddress(host, InetAddress.getLoopbackAddress().getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_client_is_what_its_document_says() {
    server.answer(OK, GOOD);

    assertThat(documents.fetch(ID))
        .isEqualTo(
            new RegisteredClient(
                ID,
                "Example",
                List.of(
                    new RedirectUri("https://client.test/cb"),
                    new RedirectUri("http://localhost/cb"))));
    assertThat(server.requests())
        .singleElement()
        .asString()
        .startsWith("GET /client.json HTTP/1.1\r\n")
        .contains("Accept: application/json")
        .doesNotContain("Cookie", "Authorization");
  }

  @Test
  void the_path_and_query_of_the_url_are_asked_for_as_they_are() {
    var id = new ClientId("https://client.test/a%2Fb/c%20d?f=g%26h&i");
    server.answer(OK, GOOD.replace(ID.value(), id.value()));

    assertThat(documents.fetch(id).id()).isEqualTo(id);
    assertThat(server.requests().getFirst()).startsWith("GET /a%2Fb/c%20d?f=g%26h&i HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|does not name its own URL",
        "[]|not a JSON object",
        "null|not a JSON object",
        "''|not a JSON object",
        "{|not a JSON object",
        "{\"a\":1,\"a\":2}|not a JSON object",
        "{} {}|not a JSON object",
        "{\"client_id\":\"https://client.test/client.json/\"}|does not name its own URL",
        "{\"client_id\":\"https://CLIENT.test/client.json\"}|does not name its own URL",
        "{\"client_id\":\"https://client.test/client.json\"}|has no client_name",
        "{\"client_id\":\"https://client.test/client.json\",\"client_name\":\" \"}|has no"
            + " client_name",
        "{\"client_id\":\"https://client.test/client.json\",\"client_name\":\"A\"}|no"
            + " redirect_uris",
        "{\"client_id\":\"https://client.test/client.json\",\"client_name\":\"A\",\"redirect_uris\":[]}|no"
            + " redirect_uris",
        "{\"client_id\":\"https://client.test/client.json\",\"client_name\":\"A\",\"redirect_uris\":[\"http://a.test/\",7,null,{}]}|no"
            + " redirect_uris",
        "{\"client_id\":\"https://client.test/client.json\",\"client_name\":\"A\",\"client_secret\":\"s\"}|client_secret",
      })
  void a_document_that_does_not_describe_the_client_is_refused(String body, String why) {
    server.answer(OK, body);

    assertUnusable(why);
  }

  @Test
  void places_that_cannot_be_used_are_left_out() {
    server.answer(
        OK,
        GOOD.replace(
            "[\"https://client.test/cb\"", "[\"ftp://a.test/\",\"https://client.test/cb\""));

    assertThat(documents.fetch(ID).redirectUris()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.test",
        "https://client.test/",
        "http://client.test/client.json",
        "https://client.test:444/client.json",
        "https://user@client.test/client.json",
        "https://client.test/client.json#f",
        "https://client.test/a/../client.json",
        "https://client.test/./client.json",
        "https:///client.json",
        "https:client.json",
        "https://client.test/client.json;v=1",
        "https://client.test\\@evil.test/c.json",
        "https://[::1/c.json",
        "https://exämple.test/c.json",
        "HTTPS://client.test/client.json",
        "https://0x7f.1/client.json",
        "https://127.1/client.json",
      })
  void a_url_that_is_not_written_as_it_should_be_is_not_asked(String url) {
    server.answer(OK, GOOD);

    assertThatExceptionOfType(Unusable.class).isThrownBy(() -> documents.fetch(new ClientId(url)));
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/c.json", "https://[::1]/c.json", "https://[::ffff:127.0.0.1]/c.json",
        "https://10.0.0.1/c.json", "https://169.254.169.254/latest", "https://192.168.1.1/c.json",
        "https://[fd00::1]/c.json", "https://[fe80::1]/c.json", "https://0.0.0.0/c.json",
        "https://localhost/c.json", "https://2130706433/c.json", "https://0/c.json",
      })
  void an_address_of_an_own_network_is_not_connected_to(String url) {
    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> new FetchedClientDocuments().fetch(new ClientId(url)))
        .withMessageContaining("is not at a public address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "301 Moved\r\nLocation: https://client.test/other.json",
        "302 Found\r\nLocation: https://127.0.0.1/c.json",
        "307 Temporary Redirect\r\nLocation: /client.json",
        "204 No Content",
        "404 Not Found",
        "500 Internal Server Error",
        "401 Unauthorized",
      })
  void anything_but_200_is_refused_and_redirects_are_not_followed(String status) {
    server.answer(status + "\r\nContent-Type: application/json", "");

    assertUnusable("was answered with status " + status.substring(0, 3));
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|true",
        "Application/JSON; charset=utf-8|true",
        "application/client+json|true",
        "text/html|false",
        "text/json|false",
        "application/jsonp|false",
        "''|false",
      })
  void only_json_is_read(String type, boolean isRead) {
    server.answer("200 OK\r\nContent-Type: " + type, GOOD);

    if (isRead) {
      assertThat(documents.fetch(ID).name()).isEqualTo("Example");
    } else {
      assertUnusable("is not said to be application/json");
    }
  }

  @Test
  void a_document_has_at_most_10_kib() {
    server.answer(OK, GOOD + " ".repeat(10 * 1024 - GOOD.length()));
    assertThat(documents.fetch(ID).name()).isEqualTo("Example");
    nanos.addAndGet(Duration.ofHours(2).toNanos());

    server.answer(OK, GOOD + " ".repeat(10 * 1024 - GOOD.length() + 1));
    assertUnusable("more than 10,240 bytes");
  }

  @Test
  void a_document_without_end_is_not_read_to_its_end() {
    server.answer(out -> {
      out.write(
          (OK.replace("200", "HTTP/1.1 200") + "\r\n\r\n{\"a\":\"")
              .getBytes(StandardCharsets.UTF_8));
      for (var piece = new byte[1024]; ; ) {
        out.write(piece);
      }
    });

    assertUnusable("more than 10,240 bytes");
    await().untilAsserted(() -> assertThat(server.open()).isZero());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
      })
  void a_document_that_drips_is_given_up_as_a_whole(String begin) {
    documents = documents(Duration.ofMillis(700));
    server.answer(out -> {
      out.write(begin.getBytes(StandardCharsets.UTF_8));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
    });
    var began = System.nanoTime();

    assertUnusable("did not come from 'client.test' within");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    await().untilAsserted(() -> assertThat(server.open()).isZero());
  }

  @Test
  void no_more_than_32_are_fetched_at_once() throws Exception {
    var released = new CountDownLatch(1);
    server.answer(out -> released.await());
    documents = documents(Duration.ofSeconds(20));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> waiting =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(n ->
                  threads.submit(() -> documents.fetch(new ClientId("https://client.test/c" + n))))
              .toList();
      await().untilAsserted(() -> assertThat(server.requests()).hasSize(32));
      await()
          .during(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(server.requests()).hasSize(32));
      released.countDown();
      await().untilAsserted(() -> assertThat(server.requests()).hasSize(40));
      assertThat(waiting).allSatisfy(one -> assertThat(one).failsWithin(Duration.ofSeconds(10)));
    }
  }

  @Test
  void a_proxy_of_the_system_is_not_used() throws IOException {
    server.answer(OK, GOOD);
    try (var proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      System.setProperty("https.proxyHost", "127.0.0.1");
      System.setProperty("https.proxyPort", Integer.toString(proxy.getLocalPort()));
      System.setProperty("http.nonProxyHosts", "");
      try {
        assertThat(documents(Duration.ofSeconds(5)).fetch(ID).name()).isEqualTo("Example");
      } finally {
        System.clearProperty("https.proxyHost");
        System.clearProperty("https.proxyPort");
        System.clearProperty("http.nonProxyHosts");
      }
    }
  }

  @Test
  void a_server_that_nobody_vouches_for_is_refused() {
    server.answer(OK, GOOD);
    var client =
        BoundedFetch.client(FetchedClientDocumentsTest::thisMachine, Duration.ofSeconds(5));
    documents =
        new FetchedClientDocuments(
            new BoundedFetch(client.build(), server.port(), Duration.ofSeconds(5)), nanos::get);

    assertUnusable("could not be fetched from 'client.test'");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_certificate_of_another_name_is_refused() {
    server.answer(OK, GOOD);

    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> documents.fetch(new ClientId("https://other.test/client.json")));
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X: y|300",
        "Cache-Control: max-age=60|60",
        "Cache-Control: public, max-age=60, immutable|60",
        "Cache-Control: MAX-AGE=60|60",
        "Cache-Control: max-age=999999999|3600",
        "Cache-Control: max-age=0|0",
        "Cache-Control: no-store|0",
        "Cache-Control: no-cache, max-age=60|0",
      })
  void a_good_document_is_kept_as_long_as_it_says(String header, int seconds) {
    server.answer(OK + "\r\n" + header, GOOD);
    documents.fetch(ID);
    if (seconds > 0) {
      nanos.addAndGet(Duration.ofSeconds(seconds).toNanos() - 1);
      documents.fetch(ID);
      assertThat(server.requests()).hasSize(1);
      nanos.incrementAndGet();
    }

    documents.fetch(ID);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void a_mistake_is_not_kept() {
    server.answer("404 Not Found\r\nCache-Control: max-age=60", "");
    assertUnusable("status 404");
    server.answer(OK, GOOD);

    assertThat(documents.fetch(ID).name()).isEqualTo("Example");
  }

  @Test
  void the_100_documents_that_were_asked_for_last_are_kept() {
    for (var n = 0; n <= 100; n++) {
      fetch(n);
    }
    fetch(100);
    assertThat(server.requests()).hasSize(101);
    fetch(0);

    assertThat(server.requests()).hasSize(102);
  }

  private void fetch(int n) {
    var id = new ClientId("https://client.test/" + n + ".json");
    server.answer(OK, GOOD.replace(ID.value(), id.value()));
    assertThat(documents.fetch(id).id()).isEqualTo(id);
  }

  private void assertUnusable(String why) {
    assertThatExceptionOfType(Unusable.class)
        .isThrownBy(() -> documents.fetch(ID))
        .withMessageContaining(why);
  }
}
