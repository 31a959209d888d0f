package dev.parley.bootstrap.doctor.remote;

import dev.parley.bootstrap.doctor.remote.Web.Answer;
import dev.parley.ports.outbound.Finding;

/** An answer that is not the one that was expected, and what usually lies behind it. */
final class Mismatch {

  private static final String WRONG_HOST = "not called what the Host header says";

  private Mismatch() {}

  /**
   * Says what is wrong.
   *
   * @param expected what should have come, such as "status 200"
   */
  static Finding of(
      String check, PublicServer server, String asked, String expected, Answer found) {
    return Finding.problem(
        check,
        "%s: expected %s, found %s".formatted(asked, expected, described(found)),
        remedy(server, found));
  }

  private static String described(Answer answer) {
    var type = answer.header().getOrDefault("Content-Type", "");
    var location = answer.header().get("Location");
    return "status %d%s%s"
        .formatted(
            answer.status(),
            type.startsWith("text/html") ? " with an HTML page" : "",
            location == null ? "" : " to " + location);
  }

  private static String remedy(PublicServer server, Answer found) {
    if (found.status() == 403 && found.body().contains(WRONG_HOST)) {
      return "something in front changes the Host header; have it pass on %s (nginx: proxy_set_header Host $host), and see that the server runs with this http.public_url"
          .formatted(server.host());
    }
    return switch (found.status() / 100) {
      case 2 ->
          "something in front answers by itself, such as a login page or a warning of the tunnel;"
              + " have it pass requests on unchanged";
      case 3 ->
          "clients do not follow that; put the address that it leads to into http.public_url, or"
              + " have the proxy serve this one";
      case 5 ->
          "see that 'parley serve --http' runs, that the proxy passes requests on to %s, and what their logs say"
              .formatted(server.listening());
      default ->
          "see that 'parley serve --http' runs with this configuration, and that all paths of %s are passed on to %s"
              .formatted(server.url(), server.listening());
    };
  }
}
