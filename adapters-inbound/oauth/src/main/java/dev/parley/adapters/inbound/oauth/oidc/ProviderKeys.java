package dev.parley.adapters.inbound.oauth.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the provider's keys, and says once when it cannot and once when it can again. */
final class ProviderKeys implements JWKSetSource<SecurityContext> {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 100 * 1024;
  private static final int OK = 200;

  private final TrustedProvider provider;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final AtomicBoolean unavailable = new AtomicBoolean();

  ProviderKeys(TrustedProvider provider) {
    this.provider = provider;
  }

  /**
   * How long keys are used.
   *
   * @param fresh from then on they are fetched anew, while the old ones are used
   * @param kept how long they are used when they cannot be fetched; then no token can be checked
   * @param pause the provider is asked twice in this time at most, whatever tokens come
   * @param waiting how long a request waits for the fetch that another one began; not longer than
   *     keys are fresh
   */
  record Lifetimes(Duration fresh, Duration kept, Duration pause, Duration waiting) {
    static final Lifetimes USUAL =
        new Lifetimes(
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            PATIENCE.multipliedBy(3));
  }

  /** The keys, kept for a while; a token with a key that is not among them has them fetched. */
  JWKSetBasedJWKSource<SecurityContext> kept(Lifetimes lifetimes) {
    var bounded = new RateLimitedJWKSetSource<>(this, lifetimes.pause().toMillis(), null);
    return new JWKSetBasedJWKSource<>(
        new RefreshAheadCachingJWKSetSource<>(
            bounded,
            lifetimes.kept().toMillis(),
            lifetimes.waiting().toMillis(),
            lifetimes.kept().minus(lifetimes.fresh()).toMillis(),
            Executors.newVirtualThreadPerTaskExecutor(),
            true,
            null,
            null,
            false));
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      var keys = JWKSet.parse(fetch(place()));
      if (unavailable.getAndSet(false)) {
        LOG.info("the keys of the OpenID provider {} are there again", provider.issuer().value());
      }
      return keys;
    } catch (IOException | ParseException | java.text.ParseException | RuntimeException e) {
      if (!unavailable.getAndSet(true)) {
        LOG.warn(
            "the keys of the OpenID provider {} cannot be fetched: {}; tokens that need them are"
                + " answered 503 until they can",
            provider.issuer().value(),
            e.getMessage());
      }
      throw new JWKSetRetrievalException("the provider's keys cannot be fetched", e);
    }
  }

  private ProviderUrl place() throws IOException, ParseException {
    var keys = provider.keys();
    if (keys != null) {
      return keys;
    }
    var issuer = provider.issuer();
    var metadata = AuthorizationServerMetadata.parse(fetch(issuer.discovery()));
    var named = metadata.getIssuer().getValue();
    if (!named.equals(issuer.value())) {
      throw new IOException(
          "its metadata is of the issuer '%s'; set auth.oidc.issuer to that, if it is the right one"
              .formatted(named));
    }
    if (metadata.getJWKSetURI() == null) {
      throw new IOException("its metadata has no jwks_uri; set auth.oidc.jwks_uri");
    }
    return new ProviderUrl(metadata.getJWKSetURI().toString());
  }

  /** The whole answer within {@link #PATIENCE}, however slowly it comes. */
  private String fetch(ProviderUrl place) throws IOException {
    var request = HttpRequest.newBuilder(place.uri()).header("Accept", "application/json").build();
    var answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    try {
      var response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("%s answered %d".formatted(place.value(), response.statusCode()));
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException(
          "%s gave no whole answer in %d s".formatted(place.value(), PATIENCE.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IOException("%s failed: %s".formatted(place.value(), e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("%s was not waited for".formatted(place.value()), e);
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
