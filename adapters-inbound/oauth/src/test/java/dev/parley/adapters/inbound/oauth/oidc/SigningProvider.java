package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The part of an OpenID provider that a resource server sees: metadata, keys, signed tokens. */
final class SigningProvider implements AutoCloseable {

  static final String AUDIENCE = "https://parley.example.com/mcp";
  static final String SUBJECT = "6f0b7f7e-subject";

  /** Making keys takes long; the first one may be the same for all. */
  private static final RSAKey FIRST = newKey();

  private final AtomicInteger fetches = new AtomicInteger();
  private final WebServer server;
  private volatile List<JWK> published;
  private volatile RSAKey key;
  private volatile UnaryOperator<String> metadata = UnaryOperator.identity();
  private volatile boolean up = true;

  SigningProvider() {
    this.key = FIRST;
    this.published = List.of(key.toPublicJWK());
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing ->
                routing
                    .get("/.well-known/openid-configuration", this::describe)
                    .get("/keys", this::keys)
                    .get("/moved", SigningProvider::redirect))
            .build()
            .start();
  }

  static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void describe(ServerRequest request, ServerResponse response) {
    if (!up) {
      response.status(Status.SERVICE_UNAVAILABLE_503).send("down");
      return;
    }
    response.send(
        metadata.apply(
            """
            {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "token_endpoint": "%1$s/token",
             "response_types_supported": ["code"], "subject_types_supported": ["public"]}
            """
                .formatted(issuer())));
  }

  private void keys(ServerRequest request, ServerResponse response) {
    fetches.incrementAndGet();
    if (up) {
      response.send(new JWKSet(published).toString(false));
    } else {
      response.status(Status.SERVICE_UNAVAILABLE_503).send("down");
    }
  }

  private static void redirect(ServerRequest request, ServerResponse response) {
    response.status(Status.FOUND_302).header(HeaderNames.LOCATION, "/keys").send();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.port();
  }

  TrustedProvider trusted() {
    return new TrustedProvider(new ProviderUrl(issuer()), AUDIENCE, null);
  }

  RSAKey key() {
    return key;
  }

  /** How often somebody asked for the keys. */
  int fetches() {
    return fetches.get();
  }

  /** Answers nothing but 503 from now on, or as before again. */
  void setUp(boolean isUp) {
    this.up = isUp;
  }

  /** Changes what the metadata says. */
  void describe(UnaryOperator<String> change) {
    this.metadata = change;
  }

  /** Publishes these keys as they are, with the one that signs. */
  void publish(JWK... others) {
    this.published = Stream.concat(Stream.of(key.toPublicJWK()), Stream.of(others)).toList();
  }

  /** Signs by a new key from now on, which is the only one published. */
  void rotate() {
    key = newKey();
    publish();
  }

  /** Claims of an access token that everything is right with. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(List.of("account", AUDIENCE))
        .subject(SUBJECT)
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("typ", "Bearer")
        .claim("scope", "openid mcp:tools")
        .claim("preferred_username", "alice")
        .claim("realm_access", Map.of("roles", List.of("parley-user")));
  }

  /** A token that everything is right with. */
  String token() {
    return sign(claims().build());
  }

  String sign(JWTClaimsSet claims) {
    return sign("JWT", claims);
  }

  /** Signs claims in a token of a type. */
  String sign(String type, JWTClaimsSet claims) {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(new JOSEObjectType(type))
            .keyID(key.getKeyID())
            .build(),
        key,
        claims);
  }

  static String sign(JWSHeader header, JWK key, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
