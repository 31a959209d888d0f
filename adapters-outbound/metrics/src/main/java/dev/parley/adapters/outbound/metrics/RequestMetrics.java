package dev.parley.adapters.outbound.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Requests over HTTP, by class of status, and how long their answers took. */
final class RequestMetrics {

  private final Counter requests;
  private final Histogram seconds;

  RequestMetrics(PrometheusRegistry registry) {
    this.requests =
        Counter.builder()
            .name("parley_http_requests_total")
            .help("Requests that were answered, by class of status.")
            .labelNames("status")
            .register(registry);
    this.seconds =
        Histogram.builder()
            .name("parley_http_request_duration_seconds")
            .help("From a request to the end of its answer; answers by stream are left out.")
            .classicOnly()
            .classicUpperBounds(Metrics.SECONDS)
            .register(registry);
  }

  void served(int status, Duration duration, boolean streamed) {
    requests.labelValues(status / 100 + "xx").inc();
    if (!streamed) {
      seconds.observe(duration.toNanos() / 1e9);
    }
  }
}
