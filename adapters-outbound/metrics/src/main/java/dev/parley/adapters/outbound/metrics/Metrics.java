package dev.parley.adapters.outbound.metrics;

import dev.parley.ports.outbound.Backend;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What is measured in one process. Names follow the <a
 * href="https://prometheus.io/docs/practices/naming/">conventions of Prometheus</a>; no label has
 * values that users choose, so the number of series is bounded.
 */
public final class Metrics {

  /** Upper bounds of histograms of times, in seconds. */
  static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestMetrics requests = new RequestMetrics(registry);

  /**
   * Nothing measured yet.
   *
   * @param version of this program
   */
  public Metrics(String version) {
    Info.builder()
        .name("parley_build_info")
        .help("The program that is measured.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    ProcessMetrics.showOn(this);
  }

  /** The same backend, measured. */
  public Backend measured(Backend backend) {
    return new MeasuredBackend(backend, new BackendMetrics(backend, registry));
  }

  /**
   * A request was answered.
   *
   * @param status of HTTP
   * @param streamed whether by a stream, which lasts as long as the client wants
   */
  public void served(int status, Duration duration, boolean streamed) {
    requests.served(status, duration, streamed);
  }

  /** Shows a number that goes up and down, read whenever it is shown. */
  public void gauge(String name, String help, DoubleSupplier now) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(shown -> shown.call(now.getAsDouble()))
        .register(registry);
  }

  /** Shows a number that only goes up, read whenever it is shown. */
  public void counter(String name, String help, DoubleSupplier total) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(shown -> shown.call(total.getAsDouble()))
        .register(registry);
  }

  /** All of it as it is now, in the text format of Prometheus. */
  public byte[] page() {
    var page = new ByteArrayOutputStream(16 * 1024);
    try {
      PrometheusTextFormatWriter.create().write(page, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }
}
