package dev.parley.adapters.outbound.clientdocuments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.adapters.outbound.clientdocuments.PublicAddresses.NotPublic;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.outbound.ClientDocuments;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches client ID metadata documents over HTTPS. Whoever asks for access chooses the URL, so the
 * server must not be made to ask its own network: only public addresses, only port 443, no
 * redirects, 5 seconds, 10 KiB, JSON, and the document has to name its own URL.
 */
@SecondaryAdapter
public final class FetchedClientDocuments implements ClientDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(FetchedClientDocuments.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 10 * 1024;

  private final ObjectMapper mapper = new ObjectMapper();
  private final WebClient client;

  /** Fetches from public addresses. */
  public FetchedClientDocuments() {
    this(new PublicAddresses());
  }

  FetchedClientDocuments(DnsResolver resolver) {
    this.client =
        WebClient.builder()
            .followRedirects(false)
            .connectTimeout(PATIENCE)
            .readTimeout(PATIENCE)
            .keepAlive(false)
            .dnsResolver(resolver)
            .build();
  }

  @Override
  public RegisteredClient fetch(ClientId id) {
    var uri = uri(id);
    try (var response =
        client.get(uri.toString()).header(HeaderNames.ACCEPT, "application/json").request()) {
      return describe(id, mapper.readValue(body(response), Map.class));
    } catch (Unusable e) {
      throw e;
    } catch (NotPublic e) {
      throw new Unusable("the client's document cannot be fetched: " + e.getMessage());
    } catch (JsonProcessingException _) {
      throw new Unusable("the client's document is not a JSON object");
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} could not be fetched", uri, e);
      throw new Unusable(
          e.getCause() instanceof NotPublic notPublic
              ? "the client's document cannot be fetched: " + notPublic.getMessage()
              : "the client's document could not be fetched from " + uri.getHost());
    }
  }

  private static URI uri(ClientId id) {
    try {
      var uri = new URI(id.value());
      var path = uri.getRawPath();
      if (!"https".equals(uri.getScheme())
          || uri.getHost() == null
          || uri.getPort() >= 0
          || uri.getRawUserInfo() != null
          || uri.getRawFragment() != null
          || path == null
          || path.length() < 2
          || !uri.normalize().equals(uri)) {
        throw new Unusable(
            "a client_id that is a URL is an https URL with a path, without port, user, fragment"
                + " and dots");
      }
      return uri;
    } catch (URISyntaxException _) {
      throw new Unusable("client_id is not a URL");
    }
  }

  private static byte[] body(HttpClientResponse response) throws IOException {
    if (response.status().code() != Status.OK_200.code()) {
      throw new Unusable(
          "the client's document was answered with status %d".formatted(response.status().code()));
    }
    try (var in = response.inputStream()) {
      var body = in.readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw new Unusable("the client's document has more than %,d bytes".formatted(MOST_BYTES));
      }
      return body;
    }
  }

  private static RegisteredClient describe(ClientId id, Map<?, ?> document) {
    if (!id.value().equals(document.get("client_id"))) {
      throw new Unusable("the client's document does not name its own URL as client_id");
    }
    if (!(document.get("redirect_uris") instanceof List<?> uris)) {
      throw new Unusable("the client's document has no redirect_uris");
    }
    var redirectUris = new ArrayList<RedirectUri>();
    try {
      uris.forEach(uri -> redirectUris.add(new RedirectUri(String.valueOf(uri))));
      var name = document.get("client_name") instanceof String text ? text : "";
      return new RegisteredClient(id, name, redirectUris);
    } catch (IllegalArgumentException e) {
      throw new Unusable("the client's document is not sound: " + e.getMessage());
    }
  }
}
