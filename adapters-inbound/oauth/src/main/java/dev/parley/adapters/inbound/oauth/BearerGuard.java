package dev.parley.adapters.inbound.oauth;

import dev.parley.adapters.inbound.oauth.TokenCheck.Admitted;
import dev.parley.adapters.inbound.oauth.TokenCheck.Refused;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Locale;
import net.minidev.json.JSONObject;

/**
 * Lets requests to the MCP endpoint pass only with a good <a
 * href="https://www.rfc-editor.org/rfc/rfc6750">bearer token</a> in the Authorization header, and
 * leaves the {@link Principal} in the request's context. A token anywhere else is not looked at.
 */
public final class BearerGuard implements Filter {

  private static final String ENDPOINT = "/mcp";
  private static final String SCHEME = "bearer ";

  private final ProtectedResource resource;
  private final TokenCheck check;

  /** Guards a resource. */
  public BearerGuard(ProtectedResource resource, TokenCheck check) {
    this.resource = resource;
    this.check = check;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    var path = request.path().path();
    if (!path.equals(ENDPOINT) && !path.startsWith(ENDPOINT + "/")) {
      chain.proceed();
      return;
    }
    var header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      refuse(
          response,
          Status.UNAUTHORIZED_401,
          resource.challenge(),
          "an access token is needed; the metadata in WWW-Authenticate says where to get one");
      return;
    }
    switch (check.check(header.substring(SCHEME.length()).strip())) {
      case Admitted(var name) -> {
        request.context().register(new Named(name));
        chain.proceed();
      }
      case Refused(var reason, var why) -> {
        switch (reason) {
          case INVALID ->
              refuse(
                  response, Status.UNAUTHORIZED_401, resource.challenge("invalid_token", why), why);
          case INSUFFICIENT_SCOPE ->
              refuse(
                  response,
                  Status.FORBIDDEN_403,
                  resource.challenge("insufficient_scope", why),
                  why);
          case FORBIDDEN -> refuse(response, Status.FORBIDDEN_403, resource.challenge(), why);
          case UNAVAILABLE ->
              refuse(response, Status.SERVICE_UNAVAILABLE_503, resource.challenge(), why);
        }
      }
    }
  }

  private static void refuse(
      RoutingResponse response, Status status, String challenge, String why) {
    var error = new JSONObject();
    error.put("code", -32_600);
    error.put("message", why);
    var body = new JSONObject();
    body.put("jsonrpc", "2.0");
    body.put("error", error);
    response
        .status(status)
        .header(HeaderNames.WWW_AUTHENTICATE, challenge)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .send(body.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  /** Whom a token let in. */
  private record Named(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }
}
