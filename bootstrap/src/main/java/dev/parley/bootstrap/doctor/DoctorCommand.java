package dev.parley.bootstrap.doctor;

import dev.parley.adapters.inbound.cli.Colours;
import dev.parley.bootstrap.config.ConfigurationFile;
import dev.parley.bootstrap.config.ConfigurationRefused;
import dev.parley.bootstrap.doctor.remote.RemoteChecks;
import dev.parley.bootstrap.instance.InstanceOptions;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a set-up: one line for each check, with the remedy. */
@Command(
    name = "doctor",
    description = {
      "Check configuration, state, backend, clock and push; one line for each check.",
      "With --http, check a server that runs: its public URL from outside in."
    },
    footer = {
      "",
      "Exit code 0 when nothing is broken, 1 when something is, 2 for wrong usage or",
      "configuration; warnings do not count."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

  private static final int WRONG_CONFIGURATION = 2;

  @Mixin InstanceOptions options = new InstanceOptions();

  @Option(
      names = "--http",
      description =
          "Check the running 'parley serve --http' instead, at its public URL, as a chat connector"
              + " reaches it.")
  boolean http;

  private int problems;

  @Override
  public Integer call() throws InterruptedException {
    try {
      var file = options.read();
      report(
          Finding.ok(
              "configuration",
              "%s is sound; this is '%s' on %s"
                  .formatted(
                      file.path(),
                      file.configuration().identity().handle(),
                      file.configuration().backend())));
      file.warnings()
          .forEach(warning -> report(Finding.warning("configuration", warning, "change the file")));
      if (http) {
        RemoteChecks.of(file.configuration(), this::report);
      } else {
        examine(file);
      }
    } catch (ConfigurationRefused e) {
      e.mistakes().forEach(mistake -> refuse("configuration", mistake));
      return WRONG_CONFIGURATION;
    } catch (BackendException.Misconfigured e) {
      refuse("backend", String.valueOf(e.getMessage()));
      return WRONG_CONFIGURATION;
    }
    return problems == 0 ? 0 : 1;
  }

  private void examine(ConfigurationFile file) throws InterruptedException {
    report(JavaCheck.of(Runtime.version()));
    report(StateCheck.of(file.configuration().statePath()));
    var found = file.plugin().diagnose(file.backendConfig());
    found.forEach(this::report);
    TopicsCheck.of(file).forEach(this::report);
    if (found.stream().anyMatch(finding -> finding.level() == Finding.Level.PROBLEM)) {
      report(
          Finding.warning(
              "clock and push", "not tried, since the backend has a problem", "mend that first"));
      return;
    }
    LiveChecks.of(file).forEach(this::report);
  }

  private void refuse(String check, String mistake) {
    report(Finding.problem(check, mistake, "mend it, then run this again"));
  }

  private void report(Finding finding) {
    var style =
        switch (finding.level()) {
          case OK -> Style.fg_green;
          case WARNING -> Style.fg_yellow;
          case PROBLEM -> Style.fg_red;
        };
    if (finding.level() == Finding.Level.PROBLEM) {
      problems++;
    }
    var level = "%-7s".formatted(finding.level());
    System.out.printf(
        "%s  %s: %s%s%n",
        Colours.ansi().enabled() ? style.on() + level + style.off() : level,
        finding.check(),
        finding.found(),
        finding.remedy() == null ? "" : " -> " + finding.remedy());
  }
}
