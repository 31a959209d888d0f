package dev.parley.bootstrap.doctor.remote;

import dev.parley.bootstrap.doctor.remote.Web.Answer;
import dev.parley.ports.outbound.Finding;
import java.util.List;

/** What the server says of itself as a protected resource, at both addresses of RFC 9728. */
record MetadataCheck(Web web) {

  private static final String CHECK = "resource metadata";

  List<Finding> of(PublicServer server) throws Web.NoAnswer, InterruptedException {
    return List.of(of(server, server.resourceMetadata()), of(server, server.endpointMetadata()));
  }

  private Finding of(PublicServer server, String url) throws Web.NoAnswer, InterruptedException {
    var answer = web.get(url);
    return Json.in(answer)
        .map(metadata -> compared(server, url, metadata))
        .orElseGet(() -> mismatch(server, url, answer));
  }

  private static Finding mismatch(PublicServer server, String url, Answer answer) {
    return Mismatch.of(CHECK, server, url, "status 200 with JSON", answer);
  }

  private static Finding compared(PublicServer server, String url, Json metadata) {
    if (!metadata.text("resource").equals(server.endpoint())) {
      return Finding.problem(
          CHECK,
          "%s names the resource %s, but clients use %s and refuse any other"
              .formatted(url, metadata.shown("resource"), server.endpoint()),
          "start the server with this http.public_url (PARLEY_PUBLIC_URL wins over the file)");
    }
    return metadata.lists("authorization_servers", server.issuer())
        ? Finding.ok(CHECK, "%s names %s".formatted(url, server.endpoint()))
        : Finding.problem(
            CHECK,
            "%s names the authorization servers %s, but %s is expected"
                .formatted(url, metadata.shown("authorization_servers"), server.issuer()),
            "start the server with this auth.mode and auth.oidc.issuer");
  }
}
