package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.inbound.GrantAccess;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint: shows the owner who asks for what, and takes the decision. As long as
 * it is not certain that a client may get an answer at its redirect URI, mistakes are shown on a
 * page and lead nowhere.
 */
final class Authorization {

  static final String PATH = "/authorize";

  private static final int CHALLENGE_LENGTH = 43;

  private final GrantAccess access;
  private final Audience audience;
  private final String issuer;
  private final String handle;
  private final ConsentTickets tickets = new ConsentTickets();
  private final RateLimit pages = RateLimit.perMinute(60);
  private final RateLimit decisions = RateLimit.perMinute(6);

  /** However many addresses an attacker has, guesses stay this few. */
  private final RateLimit guesses = new RateLimit(60, Duration.ofMinutes(10), System::nanoTime);

  Authorization(GrantAccess access, Audience audience, String issuer, String handle) {
    this.access = access;
    this.audience = audience;
    this.issuer = issuer;
    this.handle = handle;
  }

  void install(HttpRouting.Builder routing) {
    routing.get(PATH, this::ask).post(PATH, this::decide);
  }

  private void ask(ServerRequest request, ServerResponse response) {
    if (!pages.admits(request)) {
      ConsentPage.mistake(
          response,
          Status.TOO_MANY_REQUESTS_429,
          "Too many requests. Wait a minute and try again.");
      return;
    }
    Form form;
    RegisteredClient client;
    RedirectUri redirectUri;
    try {
      form = Form.ofQuery(request);
      client = access.client(new ClientId(form.required("client_id")));
      redirectUri = new RedirectUri(form.required("redirect_uri"));
      if (!client.mayRedirectTo(redirectUri)) {
        throw new OAuthRefused(
            "invalid_request", "redirect_uri is none of those that this client registered");
      }
    } catch (OAuthRefused | GrantAccess.Refused | IllegalArgumentException e) {
      ConsentPage.mistake(
          response,
          Status.BAD_REQUEST_400,
          "The program that sent you here made a mistake: %s.".formatted(e.getMessage()));
      return;
    }
    try {
      var pending = new Pending(client, redirectUri, challenge(form), form.optional("state"));
      ConsentPage.ask(response, pending, tickets.issue(pending), handle, null);
    } catch (OAuthRefused refused) {
      refuse(response, redirectUri, form.optional("state"), refused);
    }
  }

  /** What the owner is asked. */
  record Pending(
      RegisteredClient client, RedirectUri redirectUri, String challenge, @Nullable String state) {}

  private String challenge(Form form) {
    if (!form.required("response_type").equals("code")) {
      throw new OAuthRefused("unsupported_response_type", "response_type has to be code");
    }
    audience.require(form.optional("resource"));
    var challenge = form.required("code_challenge");
    if (!"S256".equals(form.optional("code_challenge_method"))) {
      throw new OAuthRefused("invalid_request", "code_challenge_method has to be S256");
    }
    if (challenge.length() != CHALLENGE_LENGTH) {
      throw new OAuthRefused("invalid_request", "code_challenge has to be a SHA-256 in base64url");
    }
    return challenge;
  }

  private void decide(ServerRequest request, ServerResponse response) throws IOException {
    if (!decisions.admits(request)) {
      ConsentPage.mistake(
          response,
          Status.TOO_MANY_REQUESTS_429,
          "Too many attempts. Wait a minute and try again.");
      return;
    }
    try {
      var form = Form.ofBody(request);
      var pending = tickets.take(form.required("ticket"));
      if (pending == null) {
        ConsentPage.mistake(
            response,
            Status.BAD_REQUEST_400,
            "This page was used before or is older than ten minutes. Go back to the program that"
                + " wants access and start again.");
      } else if ("deny".equals(form.optional("decision"))) {
        refuse(
            response,
            pending.redirectUri(),
            pending.state(),
            new OAuthRefused("access_denied", "the owner did not allow it"));
      } else {
        decide(response, pending, form.optional("passphrase"));
      }
    } catch (OAuthRefused refused) {
      ConsentPage.mistake(
          response,
          Status.BAD_REQUEST_400,
          "This form is not complete: %s.".formatted(refused.description()));
    }
  }

  private void decide(ServerResponse response, Pending pending, @Nullable String passphrase) {
    if (!guesses.admits("everyone")) {
      ConsentPage.mistake(
          response,
          Status.TOO_MANY_REQUESTS_429,
          "Too many wrong passphrases lately, by whomever. Wait ten minutes and start again.");
    } else if (passphrase == null || !access.isOwner(passphrase)) {
      response.status(Status.FORBIDDEN_403);
      ConsentPage.ask(
          response, pending, tickets.issue(pending), handle, "That is not the passphrase.");
    } else {
      var code = access.approve(pending.client().id(), pending.redirectUri(), pending.challenge());
      redirect(response, pending.redirectUri(), pending.state(), Map.of("code", code));
    }
  }

  private void refuse(
      ServerResponse response,
      RedirectUri redirectUri,
      @Nullable String state,
      OAuthRefused refused) {
    redirect(
        response,
        redirectUri,
        state,
        Map.of("error", refused.code(), "error_description", refused.description()));
  }

  /** Answers the client, by way of the browser, and says who answers (RFC 9207). */
  private void redirect(
      ServerResponse response,
      RedirectUri redirectUri,
      @Nullable String state,
      Map<String, String> answer) {
    var parameters = new LinkedHashMap<String, List<String>>();
    answer.forEach((name, value) -> parameters.put(name, List.of(value)));
    if (state != null) {
      parameters.put("state", List.of(state));
    }
    parameters.put("iss", List.of(issuer));
    var uri = redirectUri.value();
    var location = uri + (uri.contains("?") ? "&" : "?") + URLUtils.serializeParameters(parameters);
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, location).send();
  }
}
