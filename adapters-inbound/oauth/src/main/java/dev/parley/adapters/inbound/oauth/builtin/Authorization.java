package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.builtin.ConsentTickets.Ticket;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization endpoint: shows the owner who asks for what, and takes the decision. Nobody is
 * led away from here before the owner has decided; mistakes are shown on a page.
 */
final class Authorization {

  static final String PATH = "/authorize";

  private static final Logger LOG = LoggerFactory.getLogger(Authorization.class);
  private static final String METHODS = "GET, POST";
  private static final Pattern S256 = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final GrantAccess access;
  private final Audience audience;
  private final String issuer;
  private final ConsentPage page;
  private final ConsentTickets tickets;
  private final Guesses guesses;
  private final RateLimit pages;
  private final RateLimit decisions;

  Authorization(
      GrantAccess access, Audience audience, String issuer, String handle, LongSupplier nanoTime) {
    this.access = access;
    this.audience = audience;
    this.issuer = issuer;
    this.page = new ConsentPage(handle);
    this.tickets = new ConsentTickets(nanoTime);
    this.guesses = new Guesses(nanoTime);
    this.pages = RateLimit.perMinute(60, nanoTime);
    this.decisions = RateLimit.perMinute(30, nanoTime);
  }

  void install(HttpRouting.Builder routing) {
    routing
        .get(PATH, this::ask)
        .post(PATH, this::decide)
        .any(PATH, (request, response) -> Answers.notAllowed(request, response, METHODS));
  }

  private void ask(ServerRequest request, ServerResponse response) {
    if (!pages.admits(request.context())) {
      tooMany(response);
      return;
    }
    Form form;
    RegisteredClient client;
    Callback callback;
    try {
      form = Form.ofQuery(request);
      client = access.client(new ClientId(form.required("client_id")));
      callback = new Callback(redirectUri(form, client), form.optional("state"), issuer);
    } catch (OAuthRefused | GrantAccess.Refused | IllegalArgumentException e) {
      page.mistake(
          response,
          Status.BAD_REQUEST_400,
          "The program that sent you here made a mistake: %s.".formatted(e.getMessage()));
      return;
    } catch (StateUnavailable e) {
      unavailable(response, e);
      return;
    }
    try {
      page.ask(response, tickets.issue(client, callback, challenge(form)));
    } catch (OAuthRefused refused) {
      page.mistake(response, callback, refused);
    }
  }

  /** Where the client asks the answer to go; it may leave that out when there is one place. */
  private static RedirectUri redirectUri(Form form, RegisteredClient client) {
    var asked = form.optional("redirect_uri");
    if (asked == null && client.redirectUris().size() == 1) {
      return client.redirectUris().getFirst();
    }
    var redirectUri = new RedirectUri(asked == null ? form.required("redirect_uri") : asked);
    if (!client.mayRedirectTo(redirectUri)) {
      throw new OAuthRefused(
          "invalid_request", "redirect_uri is none of those that this client registered");
    }
    return redirectUri;
  }

  private String challenge(Form form) {
    if (form.optional("request") != null) {
      throw new OAuthRefused("request_not_supported", "this server reads no request objects");
    }
    if (form.optional("request_uri") != null) {
      throw new OAuthRefused("request_uri_not_supported", "this server fetches no requests");
    }
    if (!form.required("response_type").equals("code")) {
      throw new OAuthRefused("unsupported_response_type", "response_type has to be code");
    }
    var mode = form.optional("response_mode");
    if (mode != null && !mode.equals("query")) {
      throw new OAuthRefused("invalid_request", "response_mode has to be query");
    }
    audience.require(form.resources());
    var challenge = form.required("code_challenge");
    if (!"S256".equals(form.optional("code_challenge_method"))) {
      throw new OAuthRefused("invalid_request", "code_challenge_method has to be S256");
    }
    if (!S256.matcher(challenge).matches()) {
      throw new OAuthRefused("invalid_request", "code_challenge has to be a SHA-256 in base64url");
    }
    return challenge;
  }

  private void decide(ServerRequest request, ServerResponse response) throws IOException {
    if (!decisions.admits(request.context())) {
      tooMany(response);
      return;
    }
    try {
      var form = Form.ofBody(request, response);
      var ticket = tickets.find(form.required("ticket"));
      if (ticket == null) {
        decidedBefore(response);
      } else if ("deny".equals(form.optional("decision"))) {
        deny(response, ticket);
      } else {
        var passphrase = form.optional("passphrase");
        if (passphrase == null) {
          page.askAgain(
              response, Status.FORBIDDEN_403, ticket, "Type your passphrase to allow it.");
        } else {
          guess(request, response, ticket, passphrase);
        }
      }
    } catch (OAuthRefused refused) {
      page.mistake(
          response,
          refused.status(),
          "This form cannot be used: %s.".formatted(refused.description()));
    } catch (StateUnavailable e) {
      unavailable(response, e);
    }
  }

  private void deny(ServerResponse response, Ticket ticket) {
    if (tickets.decide(ticket)) {
      LOG.info("The owner did not let in client {}", ticket.client());
      ticket
          .callback()
          .redirect(response, new OAuthRefused("access_denied", "the owner did not allow it"));
    } else {
      decidedBefore(response);
    }
  }

  private void guess(
      ServerRequest request, ServerResponse response, Ticket ticket, String passphrase) {
    var guesser = RateLimit.client(request.context());
    switch (guesses.take(guesser)) {
      case WAIT_TEN_MINUTES ->
          wait(
              response,
              ticket,
              600,
              "Too many wrong passphrases from your address. Wait ten minutes.");
      case WAIT_A_MINUTE ->
          wait(response, ticket, 60, "Too many wrong passphrases by strangers. Wait a minute.");
      case GIVEN -> {
        if (!access.isOwner(passphrase)) {
          LOG.warn(
              "A wrong passphrase from {}",
              request
                  .context()
                  .get(InetAddress.class)
                  .map(InetAddress::getHostAddress)
                  .orElse("?"));
          page.askAgain(response, Status.FORBIDDEN_403, ticket, "That is not the passphrase.");
          return;
        }
        guesses.wasRight(guesser);
        allow(response, ticket);
      }
    }
  }

  private void allow(ServerResponse response, Ticket ticket) {
    if (!tickets.decide(ticket)) {
      decidedBefore(response);
      return;
    }
    var callback = ticket.callback();
    var code = access.approve(ticket.client(), callback.uri(), ticket.challenge());
    LOG.info(
        "The owner let in client {}, who waits at {}", ticket.client(), callback.uri().origin());
    callback.redirect(response, code);
  }

  private void wait(ServerResponse response, Ticket ticket, int seconds, String why) {
    response.header(HeaderNames.RETRY_AFTER, Integer.toString(seconds));
    page.askAgain(response, Status.TOO_MANY_REQUESTS_429, ticket, why);
  }

  private void decidedBefore(ServerResponse response) {
    page.mistake(
        response,
        Status.BAD_REQUEST_400,
        "This page was used before or is older than ten minutes. Go back to the program that wants"
            + " access and start again.");
  }

  private void tooMany(ServerResponse response) {
    page.later(
        response,
        Status.TOO_MANY_REQUESTS_429,
        "60",
        "Too many requests from your address. Wait a minute and try again.");
  }

  private void unavailable(ServerResponse response, StateUnavailable why) {
    LOG.error("Nobody can be let in: {}", why.getMessage());
    page.later(
        response,
        Status.SERVICE_UNAVAILABLE_503,
        "10",
        "Parley cannot keep what you decide at the moment; its log says why. Try again later.");
  }
}
