package dev.parley.adapters.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that listens everywhere goes by each address that a client connected to. */
class AllowedOriginsTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.5:3000, 10.0.0.5",
    "10.0.0.5, 10.0.0.5",
    "[fd00::5]:3000, fd00::5",
    "localhost:3000, 127.0.0.1",
    "LOCALHOST, ::1",
    "127.0.0.1:3000, 127.0.0.1",
  })
  void the_address_of_the_connection_is_a_name_of_the_server(String host, String address) {
    assertThat(AllowedOrigins.isConnected(host, InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example:3000, 127.0.0.1",
    "10.0.0.6:3000, 10.0.0.5",
    "localhost:3000, 10.0.0.5",
    "127.0.0.1:3000, 10.0.0.5",
    "10.0.0.5.evil.example, 10.0.0.5",
    "user@10.0.0.6, 10.0.0.5",
    "not a host, 10.0.0.5",
    ", 10.0.0.5",
  })
  void anything_else_is_none(String host, String address) {
    assertThat(AllowedOrigins.isConnected(host, InetAddress.ofLiteral(address))).isFalse();
  }
}
