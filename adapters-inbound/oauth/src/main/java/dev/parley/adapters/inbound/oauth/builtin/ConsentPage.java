package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.builtin.Authorization.Pending;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The page on which the owner decides: plain HTML that needs no script, and loads nothing. */
final class ConsentPage {

  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
      body { margin: 0; }
      main { max-width: 26rem; margin: 0 auto; padding: 1.5rem 1.25rem; }
      h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
      p, li { margin: 0 0 .6rem; overflow-wrap: anywhere; }
      ul { padding-left: 1.2rem; margin: 0 0 1rem; }
      .note { border-left: 4px solid #c60; padding: .1rem 0 .1rem .8rem; }
      .wrong { border-left: 4px solid #c00; padding: .1rem 0 .1rem .8rem; font-weight: 600; }
      label { display: block; font-weight: 600; margin-top: 1.2rem; }
      input { font: inherit; width: 100%; box-sizing: border-box; padding: .65rem; margin: .3rem 0 1rem;
        border: 1px solid #777; border-radius: .4rem; }
      button { font: inherit; width: 100%; padding: .75rem; margin: 0 0 .7rem; border-radius: .4rem;
        border: 1px solid #1a5fb4; background: #1a5fb4; color: #fff; font-weight: 600; }
      button.deny { background: transparent; color: inherit; border-color: #777; }
      """;

  private ConsentPage() {}

  /**
   * Asks the owner.
   *
   * @param ticket what the decision is known by
   * @param wrong what was wrong with the last attempt; null at first
   */
  static void ask(
      ServerResponse response,
      Pending pending,
      String ticket,
      String handle,
      @Nullable String wrong) {
    var name = escaped(pending.client().name());
    var html =
        """
        <h1>%1$s wants to use your Parley</h1>
        %2$s
        <p>If you allow it, it can, as <b>%3$s</b> and until you revoke it:</p>
        <ul>
        <li>read the topics of this server</li>
        <li>post to them, and take and hand off work there</li>
        </ul>
        <p>%4$s</p>
        <p class="note">%5$s</p>
        <form method="post" action="%6$s">
        <input type="hidden" name="ticket" value="%7$s">
        <label for="passphrase">Your passphrase</label>
        <input id="passphrase" name="passphrase" type="password" autocomplete="current-password">
        <button name="decision" value="allow">Allow</button>
        <button class="deny" name="decision" value="deny">Do not allow</button>
        </form>
        """
            .formatted(
                name,
                wrong == null ? "" : "<p class=\"wrong\">" + escaped(wrong) + "</p>",
                escaped(handle),
                destination(pending),
                trust(pending),
                Authorization.PATH,
                escaped(ticket));
    send(response, "Allow access?", html, pending.redirectUri().origin());
  }

  private static String destination(Pending pending) {
    return pending.redirectUri().isLoopback()
        ? "Then you go back to a <b>program on this computer</b> (%s)."
            .formatted(escaped(pending.redirectUri().origin()))
        : "Then you go on to <b>%s</b>.".formatted(escaped(pending.redirectUri().origin()));
  }

  private static String trust(Pending pending) {
    var id = pending.client().id();
    return id.isDocument()
        ? "Who asks is described by <b>%s</b>. Allow it only if you came from there."
            .formatted(escaped(String.valueOf(URI.create(id.value()).getHost())))
        : "The name is what the program calls itself; nobody checked it. Allow it only if you"
            + " have just started this yourself.";
  }

  /** Shows why nothing can be decided. */
  static void mistake(ServerResponse response, Status status, String sentence) {
    response.status(status);
    send(
        response,
        "Not possible",
        "<h1>This did not work</h1>\n<p>%s</p>\n".formatted(escaped(sentence)),
        null);
  }

  private static void send(
      ServerResponse response, String title, String body, @Nullable String goesOnTo) {
    var html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Parley: %s</title>
        <style>%s</style>
        </head>
        <body><main>
        %s</main></body>
        </html>
        """
            .formatted(title, STYLE, body);
    response
        .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .header(
            POLICY,
            "default-src 'none'; style-src 'sha256-%s'; form-action 'self'%s; base-uri 'none'; frame-ancestors 'none'"
                .formatted(styleHash(), goesOnTo == null ? "" : " " + goesOnTo))
        .send(html.getBytes(StandardCharsets.UTF_8));
  }

  private static String styleHash() {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
