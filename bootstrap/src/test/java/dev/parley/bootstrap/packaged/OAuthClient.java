package dev.parley.bootstrap.packaged;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import java.io.IOException;
import java.net.URI;

/** A client that speaks OAuth by a library that does not know Parley. */
final class OAuthClient {

  private final RemoteServer server;
  private final AuthorizationServerMetadata metadata;
  private final ClientID id;
  private final URI redirectUri;

  private OAuthClient(
      RemoteServer server, AuthorizationServerMetadata metadata, ClientID id, URI redirectUri) {
    this.server = server;
    this.metadata = metadata;
    this.id = id;
    this.redirectUri = redirectUri;
  }

  /** Finds the server's metadata and registers there. */
  static OAuthClient register(RemoteServer server, String redirectUri) throws IOException {
    try {
      var metadata = AuthorizationServerMetadata.resolve(new Issuer(server.url()));
      var described = new ClientMetadata();
      described.setRedirectionURI(URI.create(redirectUri));
      described.setName("a client of the tests");
      var request =
          new ClientRegistrationRequest(metadata.getRegistrationEndpointURI(), described, null);
      var registered =
          ClientRegistrationResponse.parse(request.toHTTPRequest().send()).toSuccessResponse();
      return new OAuthClient(
          server, metadata, registered.getClientInformation().getID(), URI.create(redirectUri));
    } catch (GeneralException e) {
      throw new AssertionError("the server does not speak OAuth as the library does", e);
    }
  }

  String id() {
    return id.getValue();
  }

  /** Asks the owner, who allows it, and gets tokens for that. */
  Tokens authorize(Owner owner) throws IOException, InterruptedException {
    var verifier = new CodeVerifier();
    var state = new State();
    try {
      var answer =
          AuthorizationResponse.parse(owner.allow(page(verifier, state))).toSuccessResponse();
      if (!state.equals(answer.getState())
          || !new Issuer(server.url()).equals(answer.getIssuer())) {
        throw new AssertionError("state or iss is not what it should be: " + answer.toURI());
      }
      return tokens(code(answer.getAuthorizationCode(), verifier));
    } catch (ParseException e) {
      throw new AssertionError("the owner's answer is none of OAuth", e);
    }
  }

  /** Where the owner is asked. */
  URI page(CodeVerifier verifier, State state) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, id)
        .endpointURI(metadata.getAuthorizationEndpointURI())
        .redirectionURI(redirectUri)
        .state(state)
        .codeChallenge(verifier, CodeChallengeMethod.S256)
        .resource(URI.create(server.url() + "/mcp"))
        .build()
        .toURI();
  }

  private AuthorizationGrant code(AuthorizationCode code, CodeVerifier verifier) {
    return new AuthorizationCodeGrant(code, redirectUri, verifier);
  }

  /** Changes a refresh token into new tokens. */
  Tokens refresh(RefreshToken token) throws IOException {
    return tokens(new RefreshTokenGrant(token));
  }

  private Tokens tokens(AuthorizationGrant grant) throws IOException {
    try {
      var request =
          new TokenRequest.Builder(metadata.getTokenEndpointURI(), id, grant)
              .resources(URI.create(server.url() + "/mcp"))
              .build();
      var response = TokenResponse.parse(request.toHTTPRequest().send());
      if (!response.indicatesSuccess()) {
        throw new AssertionError("refused: " + response.toErrorResponse().toJSONObject());
      }
      return response.toSuccessResponse().getTokens();
    } catch (ParseException e) {
      throw new AssertionError("the answer is none of OAuth", e);
    }
  }

  /** Ends the grant; returns the status of the answer. */
  int revoke(AccessToken token) throws IOException {
    return new TokenRevocationRequest(metadata.getRevocationEndpointURI(), id, token)
        .toHTTPRequest()
        .send()
        .getStatusCode();
  }
}
