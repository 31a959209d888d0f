package dev.parley.adapters.outbound.clientdocuments;

import dev.parley.adapters.outbound.clientdocuments.PublicAddresses.NotPublic;
import dev.parley.ports.outbound.ClientDocuments.Unusable;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.api.WebClientConfig;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches documents within bounds: so long, so large, so many at once, and from one place. */
final class BoundedFetch {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedFetch.class);
  static final int HTTPS = 443;

  private static final int MOST_AT_ONCE = 32;
  private static final int MOST_BYTES = 10 * 1024;
  private static final Pattern JSON = Pattern.compile("application/(?:[a-z0-9.-]+\\+)?json");
  private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?([0-9]{1,9})");
  private static final Duration USUALLY_FRESH = Duration.ofMinutes(5);
  private static final Duration LONGEST_FRESH = Duration.ofHours(1);

  private final WebClient client;
  private final int port;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

  /**
   * Fetches by a client.
   *
   * @param port 443, other than in tests
   * @param patience how long one fetch may take, all in all
   */
  BoundedFetch(WebClient client, int port, Duration patience) {
    this.client = client;
    this.port = port;
    this.patience = patience;
  }

  /** A client that goes where its resolver says, and no way round. */
  static WebClientConfig.Builder client(DnsResolver resolver, Duration patience) {
    return WebClient.builder()
        .followRedirects(false)
        .proxy(Proxy.noProxy())
        .connectTimeout(patience)
        .readTimeout(patience)
        .keepAlive(false)
        .dnsResolver(resolver);
  }

  /**
   * Fetches a document.
   *
   * @throws Unusable when there is none within the bounds
   */
  Document fetch(DocumentUrl url) {
    var deadline = System.nanoTime() + patience.toNanos();
    var task = new FutureTask<>(() -> read(url));
    try {
      if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unusable("too many clients' documents are being fetched; try again");
      }
      // Of its own, so that what never ends is left behind; an interrupt closes its socket.
      Thread.ofVirtual()
          .name("fetch " + url.host())
          .start(() -> {
            task.run();
            places.release();
          });
      return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new Unusable(
          "the client's document did not come from '%s' within %d s"
              .formatted(url.host(), patience.toSeconds()));
    } catch (ExecutionException e) {
      throw unusable(url, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unusable("the client's document was not waited for");
    } finally {
      task.cancel(true);
    }
  }

  private static Unusable unusable(DocumentUrl url, Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unusable unusable) {
        return unusable;
      }
      if (cause instanceof NotPublic notPublic) {
        return new Unusable("the client's document cannot be fetched: " + notPublic.getMessage());
      }
    }
    LOG.debug("{} could not be fetched", url.uri(), failure);
    return new Unusable(
        "the client's document could not be fetched from '%s'".formatted(url.host()));
  }

  private Document read(DocumentUrl url) throws IOException {
    var uri = url.uri();
    try (var response =
        client
            .get(port == HTTPS ? uri.toString() : withPort(uri))
            .skipUriEncoding(true)
            .header(HeaderNames.ACCEPT, "application/json")
            .request()) {
      if (response.status().code() != Status.OK_200.code()) {
        throw new Unusable(
            "the client's document was answered with status %d"
                .formatted(response.status().code()));
      }
      var type = response.headers().first(HeaderNames.CONTENT_TYPE).orElse("").split(";", 2)[0];
      if (!JSON.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
        throw new Unusable("the client's document is not said to be application/json");
      }
      return new Document(new String(body(response), StandardCharsets.UTF_8), fresh(response));
    }
  }

  private String withPort(URI uri) {
    var text = uri.toString();
    var path = "https://".length() + uri.getRawAuthority().length();
    return text.substring(0, path) + ":" + port + text.substring(path);
  }

  private static byte[] body(HttpClientResponse response) throws IOException {
    try (var in = response.inputStream()) {
      var body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new Unusable("the client's document has more than %,d bytes".formatted(MOST_BYTES));
      }
      return body;
    }
  }

  private static Duration fresh(HttpClientResponse response) {
    var control =
        response.headers().first(HeaderNames.CACHE_CONTROL).orElse("").toLowerCase(Locale.ROOT);
    if (control.contains("no-store") || control.contains("no-cache")) {
      return Duration.ZERO;
    }
    var age = MAX_AGE.matcher(control);
    var fresh = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : USUALLY_FRESH;
    return fresh.compareTo(LONGEST_FRESH) > 0 ? LONGEST_FRESH : fresh;
  }
}
