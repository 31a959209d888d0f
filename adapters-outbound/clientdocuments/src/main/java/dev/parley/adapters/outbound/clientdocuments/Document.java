package dev.parley.adapters.outbound.clientdocuments;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RedirectUri;
import dev.parley.domain.authorization.RegisteredClient;
import dev.parley.ports.outbound.ClientDocuments.Unusable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A document as it was fetched.
 *
 * @param fresh how long it need not be fetched again
 */
record Document(String json, Duration fresh) {

  private static final int MOST_URIS = 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The client that it describes.
   *
   * @throws Unusable when it does not describe this one
   */
  RegisteredClient describe(ClientId id) {
    var document = object();
    if (!document.path("client_id").asText().equals(id.value())) {
      throw new Unusable("the client's document does not name its own URL as client_id");
    }
    var name = document.path("client_name").asText();
    if (name.isBlank()) {
      throw new Unusable("the client's document has no client_name");
    }
    if (document.has("client_secret")) {
      throw new Unusable("the client's document has a client_secret, which everybody can read");
    }
    var redirectUris = redirectUris(document.path("redirect_uris"));
    if (redirectUris.isEmpty()) {
      throw new Unusable("the client's document has no redirect_uris that can be used");
    }
    return new RegisteredClient(id, name, redirectUris);
  }

  private JsonNode object() {
    try {
      var node = MAPPER.readTree(json);
      if (!node.isObject()) {
        throw new Unusable("the client's document is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException _) {
      throw new Unusable("the client's document is not a JSON object");
    }
  }

  /** Those that can be used: a document is written for other servers too. */
  private static List<RedirectUri> redirectUris(JsonNode listed) {
    var redirectUris = new ArrayList<RedirectUri>();
    for (var uri : listed) {
      try {
        if (redirectUris.size() < MOST_URIS) {
          redirectUris.add(new RedirectUri(uri.asText()));
        }
      } catch (IllegalArgumentException _) {
        // Nothing is ever sent there.
      }
    }
    return redirectUris;
  }
}
