package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.FormElement;

/** The owner of a server, with a browser that runs no script. */
final class Owner {

  private final HttpClient browser = HttpClient.newHttpClient();

  /** Opens the page, types the passphrase and allows; returns where the browser is sent to. */
  URI allow(URI page) throws IOException, InterruptedException {
    var shown = browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    var document = Jsoup.parse(shown.body(), page.toString());
    var form = (FormElement) Objects.requireNonNull(document.selectFirst("form"));
    Objects.requireNonNull(form.selectFirst("input[name=passphrase]")).val(RemoteServer.PASSPHRASE);
    var fields =
        form.formData().stream()
                .map(field -> encoded(field.key()) + "=" + encoded(field.value()))
                .collect(Collectors.joining("&"))
            + "&decision=allow";
    var decided =
        browser.send(
            HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields))
                .build(),
            BodyHandlers.ofString());
    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(303);
    return URI.create(decided.headers().firstValue("Location").orElseThrow());
  }

  /** Allows, and follows to where the client waits for the answer. */
  HttpResponse<String> allowAndReturn(URI page) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(allow(page)).build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
