package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogGrowthTest {

  @TempDir Path folder;

  @Test
  void theLogIsCopiedNowAndThenAndNotWithEveryCommit() {
    var copies = new AtomicInteger();
    var growth = new LogGrowth(copies::incrementAndGet);

    for (var commit = 0; commit < 3_000; commit++) {
      growth.committed(200);
    }

    assertThat(copies).hasValue(2);
  }

  @Test
  void largeContentCountsByItsPages() {
    var copies = new AtomicInteger();
    var growth = new LogGrowth(copies::incrementAndGet);

    for (var commit = 0; commit < 16; commit++) {
      growth.committed(1_048_576);
    }

    assertThat(copies).hasValue(1);
  }

  @Test
  void whatWasPostedReachesTheDatabaseFileWhilePostingGoesOn() throws Exception {
    var database = folder.resolve("bus.db");
    try (var backend = Fixture.open(database)) {
      var megabyte = "x".repeat(1_048_576);
      for (var i = 0; i < 20; i++) {
        backend.post(Draft.of(new TopicName("planning"), megabyte));
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(Files.size(database)).isGreaterThan(10_000_000));
    }
  }
}
