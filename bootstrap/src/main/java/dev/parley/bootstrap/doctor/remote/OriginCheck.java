package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.util.Map;

/** Whether pages of other sites are kept out, which takes the headers as the browser sent them. */
record OriginCheck(Web web) {

  private static final String CHECK = "origin";

  Finding of(PublicServer server) throws Web.NoAnswer, InterruptedException {
    var own = web.ping(server.endpoint(), Map.of("Origin", server.url()));
    if (own.status() == 403) {
      return Mismatch.of(
          CHECK,
          server,
          "POST %s with its own Origin".formatted(server.endpoint()),
          "any status but 403",
          own);
    }
    var foreign = web.ping(server.endpoint(), Map.of("Origin", "https://other.invalid"));
    return foreign.status() == 403
        ? Finding.ok(CHECK, "a page of another site is refused")
        : Finding.warning(
            CHECK,
            "POST %s with the Origin of another site: expected status 403, found %d"
                .formatted(server.endpoint(), foreign.status()),
            "have whatever is in front pass on the Origin header unchanged");
  }
}
