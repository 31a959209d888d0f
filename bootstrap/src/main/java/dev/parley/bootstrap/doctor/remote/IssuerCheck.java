package dev.parley.bootstrap.doctor.remote;

import dev.parley.bootstrap.doctor.remote.Web.Answer;
import dev.parley.ports.outbound.Finding;
import java.util.ArrayList;
import java.util.List;

/** What the authorization server says of itself: Parley (RFC 8414), or the OpenID provider. */
record IssuerCheck(Web web) {

  private static final String CHECK = "authorization server";

  List<Finding> of(PublicServer server) throws InterruptedException {
    var oidc = server.mode().equals("oidc");
    var url = metadata(server);
    try {
      var answer = web.get(url);
      var metadata = Json.in(answer);
      if (metadata.isEmpty()) {
        return List.of(
            oidc
                ? silent(url, answer)
                : Mismatch.of(CHECK, server, url, "status 200 with JSON", answer));
      }
      var findings = new ArrayList<Finding>();
      findings.add(issuer(server, url, metadata.get()));
      if (oidc) {
        findings.add(keys(server, metadata.get()));
        findings.add(registration(metadata.get()));
      }
      return findings;
    } catch (Web.NoAnswer e) {
      return List.of(
          Finding.problem(
              CHECK,
              "%s got no answer: %s".formatted(url, e.why()),
              oidc ? "see that the provider runs, and mend auth.oidc.issuer" : "run this again"));
    }
  }

  /** Where the metadata of the issuer is. */
  static String metadata(PublicServer server) {
    var issuer = server.issuer();
    return server.mode().equals("oidc")
        ? issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration"
        : issuer + "/.well-known/oauth-authorization-server";
  }

  private static Finding silent(String url, Answer answer) {
    return Finding.problem(
        CHECK,
        "%s: expected status 200 with JSON, found status %d".formatted(url, answer.status()),
        "auth.oidc.issuer has to be the provider's issuer; with Keycloak it ends in /realms/NAME");
  }

  private static Finding issuer(PublicServer server, String url, Json metadata) {
    if (!metadata.text("issuer").equals(server.issuer())) {
      return Finding.problem(
          CHECK,
          "%s names the issuer %s, but clients expect exactly %s"
              .formatted(url, metadata.shown("issuer"), server.issuer()),
          server.mode().equals("oidc")
              ? "write auth.oidc.issuer as the provider does, to the last slash"
              : "start the server with this http.public_url (PARLEY_PUBLIC_URL wins over the"
                  + " file)");
    }
    return metadata.lists("code_challenge_methods_supported", "S256")
        ? Finding.ok(CHECK, "%s names the issuer %s".formatted(url, server.issuer()))
        : Finding.problem(
            CHECK,
            "%s does not offer S256 in code_challenge_methods_supported, and MCP clients insist on it"
                .formatted(url),
            "switch PKCE with S256 on at the provider");
  }

  private Finding keys(PublicServer server, Json metadata) throws InterruptedException {
    var configured = server.configuration().auth().oidc().jwksUri();
    var url = configured == null ? metadata.text("jwks_uri") : configured;
    if (url.isEmpty()) {
      return Finding.problem(
          "keys", "the provider does not say where its keys are", "set auth.oidc.jwks_uri");
    }
    try {
      var count = Json.in(web.get(url)).map(keys -> keys.size("keys")).orElse(0);
      return count > 0
          ? Finding.ok("keys", "%s has %d".formatted(url, count))
          : Finding.problem(
              "keys", "%s has no keys".formatted(url), "mend auth.oidc.jwks_uri, or the provider");
    } catch (Web.NoAnswer | IllegalArgumentException e) {
      return Finding.problem(
          "keys",
          "%s got no answer: %s".formatted(url, e.getMessage()),
          "mend auth.oidc.jwks_uri, or the provider");
    }
  }

  private static Finding registration(Json metadata) {
    return metadata.isTrue("client_id_metadata_document_supported")
            || !metadata.text("registration_endpoint").isEmpty()
        ? Finding.ok("registration", "the provider lets clients make themselves known")
        : Finding.warning(
            "registration",
            "the provider takes neither client metadata documents nor registrations",
            "register the connector there by hand, and enter its client id in the chat's settings");
  }
}
