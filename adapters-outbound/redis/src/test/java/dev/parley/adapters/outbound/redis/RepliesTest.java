package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

class RepliesTest {

  @Test
  void every_kind_of_reply_is_read() {
    var reply = read("*6\r\n:-5\r\n$2\r\nhi\r\n$-1\r\n*-1\r\n+OK\r\n-ERR no\r\n");

    var list = list(reply);
    assertThat(list.get(0)).isEqualTo(-5L);
    assertThat(Replies.text(list.get(1))).isEqualTo("hi");
    assertThat(list.get(2)).isNull();
    assertThat(list.get(3)).isNull();
    assertThat(Replies.text(list.get(4))).isEqualTo("OK");
    assertThat(list.get(5)).isInstanceOf(JedisDataException.class);
  }

  @Test
  void an_error_of_its_own_is_thrown() {
    assertThatThrownBy(() -> read("-ERR no\r\n"))
        .isInstanceOf(JedisDataException.class)
        .hasMessage("ERR no");
  }

  @Test
  void another_protocol_is_recognised() {
    assertThatThrownBy(() -> read("HTTP/1.1 400 Bad Request\r\n"))
        .isInstanceOf(Replies.NotRedis.class);
  }

  @Test
  void a_reply_that_ends_early_is_a_lost_connection() {
    assertThatThrownBy(() -> read("$5\r\nhel")).isInstanceOf(JedisConnectionException.class);
  }

  @Test
  void a_string_that_is_too_large_is_left_out_and_the_next_reply_is_read() {
    var in =
        new RedisInputStream(
            new SequenceInputStream(
                new SequenceInputStream(text("*2\r\n$5000000\r\n"), new ZeroBytes(5_000_000)),
                text("\r\n:1\r\n+next\r\n")));

    var list = list(Replies.read(in));
    assertThat(list.getFirst()).isEqualTo(new Replies.LeftOut(5_000_000));
    assertThat(list.getLast()).isEqualTo(1L);
    assertThat(Replies.text(Replies.read(in))).isEqualTo("next");
  }

  @Test
  void a_reply_that_is_too_large_is_kept_in_part() {
    var header = text("*12\r\n");
    var parts =
        IntStream.range(0, 12)
            .mapToObj(n ->
                (InputStream)
                    new SequenceInputStream(
                        new SequenceInputStream(text("$1000000\r\n"), new ZeroBytes(1_000_000)),
                        text("\r\n")))
            .reduce(header, SequenceInputStream::new);

    var list = list(Replies.read(new RedisInputStream(parts)));

    assertThat(list).hasSize(12);
    assertThat(list.subList(0, 8)).allMatch(byte[].class::isInstance);
    assertThat(list.subList(8, 12)).allMatch(new Replies.LeftOut(1_000_000)::equals);
  }

  private static List<?> list(@Nullable Object reply) {
    return reply instanceof List<?> list ? list : fail("not a list: " + reply);
  }

  private static @Nullable Object read(String sent) {
    return Replies.read(new RedisInputStream(text(sent)));
  }

  private static InputStream text(String sent) {
    return new ByteArrayInputStream(sent.getBytes(StandardCharsets.US_ASCII));
  }

  /** So many bytes without the memory for them. */
  private static final class ZeroBytes extends InputStream {

    private int left;

    ZeroBytes(int count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      var count = Math.min(left, length);
      left -= count;
      return count;
    }
  }
}
