package dev.parley.adapters.outbound.metrics;

import java.time.Duration;
import java.time.Instant;

/**
 * The process itself, by what the JVM says without its management beans: those cost more memory
 * than all else that is measured.
 */
final class ProcessMetrics {

  private ProcessMetrics() {}

  static void showOn(Metrics metrics) {
    var runtime = Runtime.getRuntime();
    var process = ProcessHandle.current();
    var started = process.info().startInstant().orElseGet(Instant::now).toEpochMilli() / 1e3;
    metrics.gauge("process_start_time_seconds", "When the process started.", () -> started);
    metrics.counter(
        "process_cpu_seconds_total",
        "The time that processors spent for the process.",
        () -> process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3);
    metrics.gauge(
        "jvm_heap_used_bytes",
        "The part of the heap that is in use, garbage included.",
        () -> runtime.totalMemory() - runtime.freeMemory());
    metrics.gauge("jvm_heap_max_bytes", "What the heap may grow to.", runtime::maxMemory);
  }
}
