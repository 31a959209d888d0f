package dev.parley.adapters.inbound.oauth.builtin;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages for people: plain HTML of templates that escape what they are given. They need no script,
 * load nothing, and cannot be framed.
 */
final class Pages {

  static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");

  private static final HeaderName CONTENT_POLICY = HeaderNames.create("Content-Security-Policy");
  private static final String STYLE = resource("page.css");
  private static final String STYLE_HASH = sha256(STYLE);
  private static final Template PAGE = Mustache.compiler().compile(resource("page.mustache"));

  private final Template content;

  /** Pages with the content of a template. */
  Pages(String template) {
    this.content = Mustache.compiler().compile(resource(template));
  }

  /**
   * Sends a page.
   *
   * @param values what the template shows
   * @param formsLeadTo sources in a content security policy where forms may lead, besides here
   */
  void send(
      ServerResponse response,
      Status status,
      String title,
      Map<String, Object> values,
      String formsLeadTo) {
    var all = new HashMap<String, Object>();
    all.put("title", title);
    all.put("style", STYLE);
    all.put("content", content.execute(values));
    // Not no-referrer, by which a browser sends the form with the Origin "null".
    response
        .status(status)
        .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header(REFERRER_POLICY, "same-origin")
        .header(
            CONTENT_POLICY,
            "default-src 'none'; style-src 'sha256-%s'; form-action 'self'%s; base-uri 'none'; frame-ancestors 'none'"
                .formatted(STYLE_HASH, formsLeadTo.isEmpty() ? "" : " " + formsLeadTo))
        .send(PAGE.execute(all).getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) {
    try (var in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
