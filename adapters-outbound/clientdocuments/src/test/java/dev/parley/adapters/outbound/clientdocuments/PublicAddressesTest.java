package dev.parley.adapters.outbound.clientdocuments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.adapters.outbound.clientdocuments.PublicAddresses.NotPublic;
import io.helidon.webclient.api.DnsAddressLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.88.99.1",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void an_address_that_is_not_of_the_public_internet_is_refused(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.167.255.255",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450:4001::1",
        "::ffff:8.8.8.8",
      })
  void an_address_of_the_public_internet_is_accepted(String address) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void a_name_is_resolved_to_its_first_address() {
    var address = resolve("8.8.8.8", "1.1.1.1");

    assertThat(address.getHostAddress()).isEqualTo("8.8.8.8");
    assertThat(address.getHostName()).isEqualTo("host.test");
  }

  @Test
  void a_name_of_which_one_address_is_not_public_is_refused_as_a_whole() {
    assertThatExceptionOfType(NotPublic.class)
        .isThrownBy(() -> resolve("8.8.8.8", "127.0.0.1"))
        .withMessage("'host.test' is not at a public address");
  }

  @Test
  void a_name_without_an_address_is_refused() {
    var addresses =
        new PublicAddresses(host -> {
          throw new UnknownHostException(host);
        });

    assertThatExceptionOfType(NotPublic.class)
        .isThrownBy(() -> addresses.resolveAddress("host.test", DnsAddressLookup.IPV4_PREFERRED))
        .withMessage("'host.test' has no address");
  }

  private static InetAddress resolve(String... addresses) {
    var found = Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    return new PublicAddresses(_ -> found)
        .resolveAddress("host.test", DnsAddressLookup.IPV4_PREFERRED);
  }
}
