package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether a client without a token is told where to get one. */
record ChallengeCheck(Web web) {

  private static final String CHECK = "challenge";
  private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]*)\"");

  Finding of(PublicServer server) throws Web.NoAnswer, InterruptedException {
    var answer = web.ping(server.endpoint(), Map.of());
    if (answer.status() != 401) {
      return Mismatch.of(
          CHECK, server, "POST " + server.endpoint() + " without a token", "status 401", answer);
    }
    var challenge = answer.header().getOrDefault("WWW-Authenticate", "");
    var found = METADATA.matcher(challenge);
    var metadata = found.find() ? found.group(1) : "";
    if (metadata.equals(server.endpointMetadata())) {
      return Finding.ok(CHECK, "a client without a token is led to " + metadata);
    }
    return Finding.problem(
        CHECK,
        "POST %s without a token: expected WWW-Authenticate with resource_metadata %s, found %s"
            .formatted(
                server.endpoint(),
                server.endpointMetadata(),
                challenge.isEmpty() ? "no such header" : challenge),
        challenge.isEmpty()
            ? "have the proxy pass on WWW-Authenticate, and ask for no login of its own"
            : "start the server with this http.public_url (PARLEY_PUBLIC_URL wins over the file)");
  }
}
