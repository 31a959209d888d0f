package dev.parley.bootstrap.doctor.remote;

import dev.parley.ports.outbound.Finding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the clocks of the server and of its provider are from this one. */
record ClockCheck(Web web, InstantSource clock) {

  private static final String CHECK = "clock";
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  List<Finding> of(PublicServer server) throws Web.NoAnswer, InterruptedException {
    var findings = new ArrayList<Finding>();
    findings.add(compared("the server", server.health()));
    if (server.mode().equals("oidc")) {
      try {
        findings.add(compared("the provider", IssuerCheck.metadata(server)));
      } catch (Web.NoAnswer e) {
        // What is wrong with the provider, its own check has said.
      }
    }
    return findings;
  }

  private Finding compared(String whose, String url) throws Web.NoAnswer, InterruptedException {
    var before = clock.instant();
    var date = date(web.get(url).header().get("Date"));
    var after = clock.instant();
    if (date == null) {
      return Finding.ok(CHECK, "not compared: %s does not say what time it is".formatted(whose));
    }
    // The header has whole seconds.
    var ahead = Duration.between(after, date);
    var behind = Duration.between(date.plusSeconds(1), before);
    var apart = ahead.isNegative() ? behind : ahead;
    if (apart.compareTo(TOLERANCE) <= 0) {
      return Finding.ok(CHECK, "%s and this machine agree".formatted(whose));
    }
    return Finding.problem(
        CHECK,
        "the clock of %s is %d s %s the one of this machine"
            .formatted(whose, apart.toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
        "set both by NTP; tokens expire by the clock");
  }

  private static @Nullable Instant date(@Nullable String header) {
    try {
      return Instant.from(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(Objects.requireNonNullElse(header, "")));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
