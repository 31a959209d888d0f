package dev.parley.adapters.inbound.oauth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** The OpenID provider of npm, run by the script {@code oidc-provider.mjs}. */
final class NpmProvider implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;
  private final String issuer;
  private final String other;

  NpmProvider(Path modules) throws IOException, URISyntaxException {
    var script = NpmProvider.class.getResource("oidc-provider.mjs");
    assertThat(script).isNotNull();
    this.process =
        new ProcessBuilder(
                modules.resolve(".bin/node").toString(),
                Path.of(script.toURI()).toString(),
                modules.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    this.output = process.inputReader(StandardCharsets.UTF_8);
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    var ready = line("ready").split(" ", -1);
    this.issuer = ready[1];
    this.other = ready[2];
  }

  /** The next line with this beginning; the provider prints notices as well. */
  private String line(String beginning) throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new IllegalStateException("the provider ended");
  }

  String issuer() {
    return issuer;
  }

  /** Another issuer, which signs by the same keys. */
  String other() {
    return other;
  }

  /** Signs by a new key from now on, which is the only one published. */
  void rotate() {
    tell("rotate");
  }

  /** Does not listen any more. */
  void goDown() {
    tell("down");
  }

  void comeUp() {
    tell("up");
  }

  private void tell(String command) {
    try {
      input.write(command + "\n");
      input.flush();
      line("done");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A token from an issuer for a client, by the grant of client credentials. */
  String token(String issuer, String client, String parameters) {
    var credentials = "%s:%s-secret".formatted(client, client);
    var request =
        HttpRequest.newBuilder(URI.create(issuer + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofString("grant_type=client_credentials" + parameters))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JSONObjectUtils.getString(JSONObjectUtils.parse(response.body()), "access_token");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (com.nimbusds.oauth2.sdk.ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The parameters that ask for a token for a resource (RFC 8707). */
  static String forResource(String resource) {
    return "&resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly();
  }
}
