package dev.parley.adapters.inbound.oauth.builtin;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.parley.domain.authorization.RedirectUri;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a client waits for the answer to its authorization request.
 *
 * @param state what the client wants back
 * @param issuer who answers (<a href="https://www.rfc-editor.org/rfc/rfc9207">RFC 9207</a>)
 */
record Callback(RedirectUri uri, @Nullable String state, String issuer) {

  /** Sends the browser there with the code. */
  void redirect(ServerResponse response, String code) {
    redirectTo(response, location("code", code));
  }

  /** Sends the browser there with an error. */
  void redirect(ServerResponse response, OAuthRefused refused) {
    redirectTo(response, link(refused));
  }

  // 303, so that the passphrase is not posted on.
  private static void redirectTo(ServerResponse response, String location) {
    response
        .status(Status.SEE_OTHER_303)
        .header(HeaderNames.LOCATION, location)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .header(Pages.REFERRER_POLICY, "no-referrer")
        .send();
  }

  /** The link by which a person may take an error there. */
  String link(OAuthRefused refused) {
    return location("error", refused.code(), "error_description", refused.description());
  }

  private String location(String... namesAndValues) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    if (state != null) {
      parameters.put("state", List.of(state));
    }
    parameters.put("iss", List.of(issuer));
    var text = uri.value();
    return text + (text.contains("?") ? "&" : "?") + URLUtils.serializeParameters(parameters);
  }
}
