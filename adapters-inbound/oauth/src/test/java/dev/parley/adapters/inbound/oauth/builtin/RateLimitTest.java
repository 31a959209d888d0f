package dev.parley.adapters.inbound.oauth.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final RateLimit limit = new RateLimit(2, Duration.ofMinutes(1), nanos::get);

  @Test
  void each_address_has_its_own_count() {
    assertThat(limit.admits("a")).isTrue();
    assertThat(limit.admits("a")).isTrue();
    assertThat(limit.admits("a")).isFalse();
    assertThat(limit.admits("b")).isTrue();
  }

  @Test
  void counts_start_anew_after_the_stretch_even_where_the_clock_overflows() {
    limit.admits("a");
    limit.admits("a");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
    assertThat(limit.admits("a")).isFalse();
    nanos.addAndGet(1);

    assertThat(limit.admits("a")).isTrue();
  }

  @Test
  void what_is_given_back_may_be_used_again() {
    limit.admits("a");
    limit.admits("a");
    limit.giveBack("a");
    limit.giveBack("nobody");

    assertThat(limit.admits("a")).isTrue();
    assertThat(limit.admits("a")).isFalse();
  }

  @Test
  void beyond_10000_addresses_new_ones_share_a_count() {
    for (var n = 0; n < 10_000; n++) {
      limit.admits("address " + n);
    }

    assertThat(limit.admits("new 1")).isTrue();
    assertThat(limit.admits("new 2")).isTrue();
    assertThat(limit.admits("new 3")).isFalse();
    assertThat(limit.admits("address 7")).isTrue();
  }

  @Test
  void addresses_of_one_ipv6_network_are_one_client() {
    assertThat(client("2001:db8:0:1::1")).isEqualTo(client("2001:db8:0:1:ffff::2"));
    assertThat(client("2001:db8:0:1::1")).isNotEqualTo(client("2001:db8:0:2::1"));
    assertThat(client("192.0.2.1")).isNotEqualTo(client("192.0.2.2"));
    assertThat(client("::ffff:192.0.2.1")).isEqualTo(client("192.0.2.1"));
  }

  private static String client(String address) {
    return RateLimit.client(InetAddress.ofLiteral(address));
  }
}
