package dev.parley.bootstrap.doctor.remote;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** A server may be slow or talkative without end; the checks are not. */
class WebTest {

  @Test
  void a_server_that_takes_connections_and_says_nothing_is_given_up() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var web = new Web(SSLContext.getDefault(), Duration.ofMillis(300));
      assertThatThrownBy(() -> web.get("http://localhost:" + silent.getLocalPort()))
          .isInstanceOf(Web.NoAnswer.class)
          .hasMessage("no answer within 300 ms");
    }
  }

  @Test
  void an_answer_without_end_is_cut_short() throws IOException {
    try (var site = Site.plain().answering("/", "x".repeat(1_000_000))) {
      var web =
          new Web(
              CertificateCheck.trusting(CertificateCheck.trustedByDefault()),
              Duration.ofSeconds(30));
      assertThatThrownBy(() -> web.get(site.url() + "/"))
          .isInstanceOf(Web.NoAnswer.class)
          .hasMessageContaining("the connection breaks");
    }
  }
}
