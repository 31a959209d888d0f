package dev.parley.bootstrap.doctor.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Finding;
import dev.parley.ports.outbound.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a server is found from outside, with what was expected and what to do. */
class RemoteChecksTest {

  private static final String HTML = "text/html; charset=utf-8";

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = Site.plain();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void a_server_that_is_not_parley_fails_every_check_with_a_remedy() throws Exception {
    var findings = site.examined(folder);
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.PROBLEM)
        .extracting(Finding::check)
        .containsExactly(
            "health",
            "resource metadata",
            "resource metadata",
            "challenge",
            "authorization server");
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Level.PROBLEM)
        .allSatisfy(finding -> {
          assertThat(finding.found()).contains("found status 404");
          assertThat(finding.remedy()).contains("'parley serve --http' runs");
        });
  }

  @Test
  void a_dead_port_ends_the_checks_with_one_problem() throws Exception {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    var findings =
        Site.configured(folder, "http: { public_url: \"http://localhost:%d\" }".formatted(port));
    assertThat(findings.getLast())
        .isEqualTo(
            Finding.problem(
                "connection",
                "localhost:%d cannot be reached: the connection is refused".formatted(port),
                "see that the proxy, tunnel or 'parley serve --http' runs there, and that firewalls"
                    + " let the port through"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: { port: 0 }                             | so nobody can know the address
          http: { public_url: "http://parley.example" } | is not https
          """)
  void a_public_url_that_clients_cannot_use_is_named(String http, String reason) throws Exception {
    var findings = Site.configured(folder, http);
    assertThat(findings.getFirst().level()).isEqualTo(Level.PROBLEM);
    assertThat(findings.getFirst().found()).contains(reason);
    assertThat(findings.getFirst().remedy()).contains("http.public_url");
    assertThat(findings).extracting(Finding::check).doesNotContain("name", "health");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "::1, [::1]", "localhost, localhost"})
  void without_a_public_url_it_is_said_that_only_this_machine_reaches_it(String host, String shown)
      throws Exception {
    assertThat(Site.configured(folder, "http: { host: \"%s\" }".formatted(host)).getFirst())
        .isEqualTo(
            Finding.warning(
                "public URL",
                "http.public_url is not set, so only programs on this machine reach http://%s:3000/mcp"
                    .formatted(shown),
                "set http.public_url to the https URL by which clients reach this server, without a"
                    + " path"));
  }

  @Test
  void a_name_without_address_is_named() throws Exception {
    var findings = Site.configured(folder, "http: { public_url: \"https://parley.invalid\" }");
    assertThat(problem(findings, "name").found()).isEqualTo("parley.invalid has no address");
  }

  @Test
  void a_wrong_public_url_shows_in_every_document() throws Exception {
    site.answering("/.well-known/oauth-protected-resource", resource("https://old.example/mcp"))
        .answering("/.well-known/oauth-protected-resource/mcp", resource("URL/mcp/"))
        .answering("/.well-known/oauth-authorization-server", issuer("URL/"))
        .answering(
            "/mcp",
            401,
            Map.of("WWW-Authenticate", "Bearer resource_metadata=\"https://old.example/x\""),
            "");
    var findings = site.examined(folder);
    assertThat(findings)
        .filteredOn(finding -> finding.check().equals("resource metadata"))
        .extracting(Finding::found)
        .satisfiesExactly(
            found ->
                assertThat(found)
                    .contains(
                        "\"https://old.example/mcp\", but clients use " + site.url() + "/mcp "),
            found -> assertThat(found).contains("\"" + site.url() + "/mcp/\", but clients"));
    assertThat(problem(findings, "authorization server").found())
        .contains("names the issuer \"" + site.url() + "/\", but clients expect exactly");
    assertThat(problem(findings, "challenge").found())
        .contains("expected WWW-Authenticate with resource_metadata " + site.url() + "/.well-known")
        .contains("https://old.example/x");
  }

  @Test
  void what_a_proxy_in_front_does_is_recognised() throws Exception {
    var wrongHost = "this server is not called what the Host header says; use the address";
    site.answering("/health", 502, Map.of(), "Bad Gateway")
        .answering(
            "/.well-known/oauth-protected-resource", 200, Map.of("Content-Type", HTML), "<p>")
        .answering(
            "/.well-known/oauth-protected-resource/mcp",
            301,
            Map.of("Location", "https://www.example/x"),
            "")
        .answering("/mcp", 403, Map.of(), wrongHost);
    var findings = site.examined(folder);
    assertThat(problem(findings, "health").remedy()).contains("127.0.0.1:3000");
    assertThat(findings)
        .filteredOn(finding -> finding.check().equals("resource metadata"))
        .satisfiesExactly(
            page -> {
              assertThat(page.found()).contains("status 200 with an HTML page");
              assertThat(page.remedy()).contains("login page");
            },
            redirect -> {
              assertThat(redirect.found()).contains("status 301 to https://www.example/x");
              assertThat(redirect.remedy()).contains("put the address that it leads to");
            });
    assertThat(problem(findings, "challenge").remedy()).contains("proxy_set_header Host $host");
    assertThat(problem(findings, "origin").found()).contains("any status but 403");
  }

  @Test
  void a_challenge_that_the_proxy_took_away_is_named() throws Exception {
    site.answering("/mcp", 401, Map.of(), "");
    var findings = site.examined(folder);
    assertThat(problem(findings, "challenge").found()).endsWith("found no such header");
    assertThat(findings)
        .filteredOn(finding -> finding.check().equals("origin"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.level()).isEqualTo(Level.WARNING);
          assertThat(finding.found()).contains("expected status 403, found 401");
        });
  }

  @Test
  void a_backend_that_does_not_answer_is_told_from_a_server_that_does_not() throws Exception {
    site.answering("/health", 503, Map.of(), "{\"status\":\"down\"}");
    assertThat(problem(site.examined(folder), "health").found())
        .isEqualTo("the server runs, but its backend does not answer");
  }

  @ParameterizedTest
  @CsvSource({"-40, behind", "40, ahead of"})
  void clocks_that_are_apart_are_a_problem(long seconds, String where) throws Exception {
    site.at(InstantSource.offset(InstantSource.system(), Duration.ofSeconds(-seconds)));
    assertThat(problem(site.examined(folder), "clock").found())
        .matches("the clock of the server is (39|40|41) s " + where + " the one of this machine");
  }

  @Test
  void clocks_that_are_a_little_apart_are_fine() throws Exception {
    site.at(InstantSource.offset(InstantSource.system(), Duration.ofSeconds(25)));
    assertThat(site.examined(folder))
        .contains(Finding.ok("clock", "the server and this machine agree"));
  }

  @Test
  void a_provider_is_asked_for_its_issuer_its_keys_and_registration() throws Exception {
    site.answering(
            "/realms/r/.well-known/openid-configuration",
            """
            {"issuer":"URL/realms/r","jwks_uri":"URL/keys","registration_endpoint":"URL/reg",
            "code_challenge_methods_supported":["plain","S256"]}
            """)
        .answering("/keys", "{\"keys\":[{},{}]}");
    assertThat(site.examined(folder, oidc("/realms/r")))
        .contains(
            Finding.ok(
                "authorization server",
                "%1$s/realms/r/.well-known/openid-configuration names the issuer %1$s/realms/r"
                    .formatted(site.url())),
            Finding.ok("keys", site.url() + "/keys has 2"),
            Finding.ok("registration", "the provider lets clients make themselves known"),
            Finding.ok("clock", "the provider and this machine agree"));
  }

  @Test
  void what_is_wrong_with_a_provider_is_named() throws Exception {
    site.answering(
        "/.well-known/openid-configuration", "{\"issuer\":\"URL\",\"jwks_uri\":\"URL/keys\"}");
    var withSlash = site.examined(folder, oidc("/"));
    assertThat(problem(withSlash, "authorization server").remedy()).contains("to the last slash");
    assertThat(problem(withSlash, "keys").found()).endsWith("/keys has no keys");
    assertThat(problem(site.examined(folder, oidc("")), "authorization server").found())
        .contains("does not offer S256");
    assertThat(problem(site.examined(folder, oidc("/realms/x")), "authorization server").remedy())
        .contains("/realms/NAME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          public_url: "https://p.invalid"                                            | WARNING | share one rate limit
          public_url: "https://p.invalid", trusted_proxies: ["10.0.0.7"]             | OK      | believed from 10.0.0.7
          public_url: "https://p.invalid", trusted_proxies: ["0.0.0.0/0"]            | WARNING | anybody may invent
          public_url: "https://p.invalid", trusted_proxies: ["::/0"]                 | WARNING | anybody may invent
          public_url: "https://p.invalid", tls: { cert: c.pem, key: k.pem }          | OK      | Parley itself serves TLS
          """)
  void trusted_proxies_are_weighed(String http, Level level, String found) throws Exception {
    var last = Site.configured(folder, "http: { " + http + " }").getLast();
    assertThat(last.check()).isEqualTo("trusted proxies");
    assertThat(last.level()).isEqualTo(level);
    assertThat(last.found()).contains(found);
  }

  private String oidc(String path) {
    return "auth: { mode: oidc, oidc: { issuer: \"%s\", audience: a, allowed_subjects: [me] } }"
        .formatted(site.url() + path);
  }

  private static String resource(String identifier) {
    return "{\"resource\":\"%s\",\"authorization_servers\":[\"URL\"]}".formatted(identifier);
  }

  private static String issuer(String issuer) {
    return "{\"issuer\":\"%s\",\"code_challenge_methods_supported\":[\"S256\"]}".formatted(issuer);
  }

  private static Finding problem(List<Finding> findings, String check) {
    return findings.stream()
        .filter(finding -> finding.check().equals(check) && finding.level() == Level.PROBLEM)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no problem with " + check + " in " + findings));
  }
}
