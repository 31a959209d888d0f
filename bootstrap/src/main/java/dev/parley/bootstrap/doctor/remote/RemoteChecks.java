package dev.parley.bootstrap.doctor.remote;

import dev.parley.bootstrap.config.Configuration;
import dev.parley.ports.outbound.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedTrustManager;

/** Every check, from outside in; what stands on something broken is not tried. */
public final class RemoteChecks {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PublicServer server;
  private final CertificateCheck certificate;
  private final Web web;
  private final InstantSource clock;
  private final Consumer<Finding> report;

  RemoteChecks(
      Configuration configuration,
      X509ExtendedTrustManager trusted,
      InstantSource clock,
      Consumer<Finding> report) {
    this.server = PublicServer.of(configuration);
    this.certificate = new CertificateCheck(trusted, clock);
    this.clock = clock;
    this.web = new Web(CertificateCheck.trusting(trusted), PATIENCE);
    this.report = report;
  }

  /** Checks the server of a configuration; each finding is reported as it is made. */
  public static void of(Configuration configuration, Consumer<Finding> report)
      throws InterruptedException {
    new RemoteChecks(
            configuration, CertificateCheck.trustedByDefault(), InstantSource.system(), report)
        .run();
  }

  void run() throws InterruptedException {
    if (isSound(AddressCheck.url(server))
        && isSound(AddressCheck.name(server))
        && isSound(certificate.of(server))) {
      ask();
    }
    ProxyCheck.of(server).forEach(report);
  }

  private void ask() throws InterruptedException {
    try {
      report.accept(new HealthCheck(web).of(server));
      if (!server.mode().equals("none")) {
        new MetadataCheck(web).of(server).forEach(report);
        report.accept(new ChallengeCheck(web).of(server));
        new IssuerCheck(web).of(server).forEach(report);
      }
      report.accept(new OriginCheck(web).of(server));
      new ClockCheck(web, clock).of(server).forEach(report);
      report.accept(
          Finding.ok(
              "streams",
              "not tried: without a token it cannot be seen whether a proxy holds events back"));
    } catch (Web.NoAnswer e) {
      report.accept(
          Finding.problem(
              "connection",
              "%s got no answer: %s".formatted(server.url(), e.why()),
              "see that 'parley serve --http' runs and listens on %s, and what is in front of it"
                  .formatted(server.listening())));
    }
  }

  private boolean isSound(Finding finding) {
    report.accept(finding);
    return finding.level() != Finding.Level.PROBLEM;
  }
}
