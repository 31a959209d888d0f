package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.BackendException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How instances of one machine share a connection. */
@Timeout(30)
class HostTest {

  @TempDir private Path folder;

  /** An instance that is told what comes. */
  private record Visitor(SocketChannel channel, BufferedReader lines) implements AutoCloseable {

    static Visitor to(UnixDomainSocketAddress address) throws IOException {
      var channel = SocketChannel.open(address);
      return new Visitor(
          channel,
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8)));
    }

    @Nullable String hears() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(folder.resolve("slack.sock"));
  }

  @Test
  void a_guest_hears_how_the_line_is_and_what_comes() throws Exception {
    try (var host = Host.at(address(), new Nobody())) {
      host.up();
      try (var early = Visitor.to(address())) {
        assertThat(early.hears()).isEqualTo("up");
        host.news("C1", new Ts(1_000_002));
        assertThat(early.hears()).isEqualTo("news C1 1.000002");
        host.down(new BackendException.Unavailable("it was\nlost", null, null));
        assertThat(early.hears()).isEqualTo("down it was lost");
        try (var late = Visitor.to(address())) {
          assertThat(late.hears()).isEqualTo("down it was lost");
        }
      }
    }
  }

  @Test
  void a_guest_that_is_let_go_and_comes_back_at_once_finds_nobody() throws Exception {
    for (var round = 1; round <= 300; round++) {
      Files.deleteIfExists(address().getPath());
      var host = Host.at(address(), new Nobody());
      host.up();
      try (var guest = Visitor.to(address())) {
        assertThat(guest.hears()).isEqualTo("up");
        Thread.startVirtualThread(host::close);
        assertThat(guest.hears()).isNull();
        assertNobodyAt(address());
      }
      host.awaitEnd(Duration.ofSeconds(1));
    }
  }

  /** Nobody opens, or who opened is gone: to listen for ever would be to take over never. */
  private static void assertNobodyAt(UnixDomainSocketAddress address) {
    try (var again = Visitor.to(address)) {
      assertThat(again.hears()).isNull();
    } catch (IOException _) {
      // Refused.
    }
  }
}
