package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;

/** Whether the server says that it is ready. */
record HealthCheck(Web web) {

  Finding of(PublicServer server) throws Web.NoAnswer, InterruptedException {
    var answer = web.get(server.health());
    if (answer.status() == 200 && answer.body().contains("\"up\"")) {
      return Finding.ok("health", "the server is ready, and its backend answers");
    }
    return answer.status() == 503 && answer.body().contains("\"down\"")
        ? Finding.problem(
            "health",
            "the server runs, but its backend does not answer",
            "run 'parley doctor' on the machine of the server, which looks at the backend")
        : Mismatch.of("health", server, server.health(), "status 200 from Parley", answer);
  }
}
