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
import java.util.Set;
import java.util.regex.Pattern;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass only with a good <a href="https://www.rfc-editor.org/rfc/rfc6750">bearer
 * token</a> in the Authorization header, and leaves the {@link Principal} in the request's context.
 * A token anywhere else is not looked at. What needs no token is named: all else is guarded,
 * whether it exists or not and however its path is written.
 */
public final class BearerGuard implements Filter {

  /** Metadata, which nobody needs a token for; without anything that could lead out of there. */
  private static final Pattern WELL_KNOWN =
      Pattern.compile("/\\.well-known(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

  private static final String SCHEME = "bearer ";

  private final ProtectedResource resource;
  private final TokenCheck check;
  private final Set<String> publicPaths;

  /**
   * Guards a resource.
   *
   * @param publicPaths what needs no token besides the metadata, each path as it stands in the
   *     request
   */
  public BearerGuard(ProtectedResource resource, TokenCheck check, Set<String> publicPaths) {
    this.resource = resource;
    this.check = check;
    this.publicPaths = Set.copyOf(publicPaths);
  }

  private boolean isPublic(String path) {
    return publicPaths.contains(path) || WELL_KNOWN.matcher(path).matches();
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (isPublic(request.path().rawPath())) {
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
          case UNAVAILABLE -> {
            response.header(HeaderNames.RETRY_AFTER, "10");
            refuse(response, Status.SERVICE_UNAVAILABLE_503, null, why);
          }
        }
      }
    }
  }

  private static void refuse(
      RoutingResponse response, Status status, @Nullable String challenge, String why) {
    var error = new JSONObject();
    error.put("code", -32_600);
    error.put("message", why);
    var body = new JSONObject();
    body.put("jsonrpc", "2.0");
    body.put("error", error);
    if (challenge != null) {
      response.header(HeaderNames.WWW_AUTHENTICATE, challenge);
    }
    response
        .status(status)
        .header(HeaderValues.CONTENT_TYPE_JSON)
        .header(HeaderNames.CACHE_CONTROL, "no-store")
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
