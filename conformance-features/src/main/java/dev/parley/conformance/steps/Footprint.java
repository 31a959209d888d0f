package dev.parley.conformance.steps;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What this process uses: its threads, virtual ones too, and its open files and sockets. */
final class Footprint {

  private static final Pattern THREAD = Pattern.compile("^(#\\d+ \"(.*?)\").*");

  /** Those of the JDK and of waiting in tests, which come and go as they like. */
  private static final List<String> COMING_AND_GOING =
      List.of(
          "awaitility.*",
          "ForkJoinPool-\\d+-worker-\\d+",
          "ForkJoinPool-\\d+-delayScheduler",
          "VirtualThread-unparker.*",
          "process reaper.*",
          "Attach Listener",
          "Read-Poller.*",
          "Write-Poller.*",
          "Master-Poller",
          "Cleaner-\\d+");

  private Footprint() {}

  /**
   * The lines of a thread dump that stand for threads, but for the JDK's own and the excepted ones.
   */
  static Set<String> threads(Path folder, Set<String> excepted) {
    var dump = folder.resolve("threads-" + System.nanoTime());
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      var threads = new HashSet<String>();
      for (var line : Files.readAllLines(dump)) {
        var thread = THREAD.matcher(line);
        if (thread.matches()
            && COMING_AND_GOING.stream().noneMatch(thread.group(2)::matches)
            && excepted.stream().noneMatch(thread.group(2)::matches)) {
          threads.add(thread.group(1));
        }
      }
      return threads;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of open files and sockets. */
  static long openFiles() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }
}
