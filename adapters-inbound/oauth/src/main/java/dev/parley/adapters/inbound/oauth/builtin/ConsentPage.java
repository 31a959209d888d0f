package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.builtin.ConsentTickets.Ticket;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page on which the owner decides, and the one that says why nothing can be decided. */
final class ConsentPage {

  private final Pages consent = new Pages("consent.mustache");
  private final Pages mistakes = new Pages("mistake.mustache");
  private final String handle;

  /** Pages of a server that posts under this handle. */
  ConsentPage(String handle) {
    this.handle = handle;
  }

  /** Asks the owner. */
  void ask(ServerResponse response, Ticket ticket) {
    ask(response, Status.OK_200, ticket, null);
  }

  /** Asks the owner again, and says why. */
  void askAgain(ServerResponse response, Status status, Ticket ticket, String why) {
    ask(response, status, ticket, why);
  }

  private void ask(ServerResponse response, Status status, Ticket ticket, @Nullable String why) {
    var redirectUri = ticket.callback().uri();
    var values = new HashMap<String, Object>();
    values.put("name", ticket.name());
    values.put("handle", handle);
    values.put("action", Authorization.PATH);
    values.put("ticket", ticket.secret());
    values.put("again", why == null ? false : Map.of("why", why));
    values.put("publisher", publisher(ticket.client()));
    values.put(
        "web",
        redirectUri.isLoopback() || redirectUri.isPrivateUse() ? false : origin(redirectUri));
    values.put("loopback", redirectUri.isLoopback() ? origin(redirectUri) : false);
    values.put("app", redirectUri.isPrivateUse() ? Map.of("scheme", redirectUri.scheme()) : false);
    consent.send(response, status, "allow access?", values, source(redirectUri));
  }

  /** Who describes the client; false when nobody but itself does. */
  private static Object publisher(ClientId id) {
    return id.isDocument()
        ? Map.of("host", String.valueOf(URI.create(id.value()).getHost()), "url", id.value())
        : false;
  }

  private static Map<String, Object> origin(RedirectUri uri) {
    return Map.of("origin", uri.origin());
  }

  /**
   * What lets a browser follow the answer to the form. A host that is an IPv6 address never matches
   * in a content security policy, and one of a private-use scheme means nothing: there, the scheme.
   */
  private static String source(RedirectUri uri) {
    return uri.isPrivateUse() || uri.host().startsWith("[") ? uri.scheme() + ":" : uri.origin();
  }

  /** Shows why nothing can be decided. */
  void mistake(ServerResponse response, Status status, String sentence) {
    mistake(response, status, sentence, false);
  }

  /**
   * Shows why nothing can be decided, with a link that tells the client so. Nobody is sent there
   * unasked: anyone can register a client, and use this server's name to lead people astray.
   */
  void mistake(ServerResponse response, Callback callback, OAuthRefused refused) {
    mistake(
        response,
        refused.status(),
        "The program that sent you here made a mistake: %s.".formatted(refused.description()),
        Map.of("origin", callback.uri().origin(), "link", callback.link(refused)));
  }

  private void mistake(ServerResponse response, Status status, String sentence, Object back) {
    mistakes.send(response, status, "not possible", Map.of("sentence", sentence, "back", back), "");
  }

  /** Shows that it cannot be decided now. */
  void later(ServerResponse response, Status status, String seconds, String sentence) {
    response.header(HeaderNames.RETRY_AFTER, seconds);
    mistake(response, status, sentence);
  }
}
