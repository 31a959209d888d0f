package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.adapters.outbound.redis.RedisUrl.Kind;
import dev.parley.ports.BackendException.Misconfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "redis://example.org, example.org:6379",
        "redis://example.org:7000/3, example.org:7000/3",
        "redis://example.org/?db=3, example.org:6379/3",
        "rediss://me:pass@example.org:7000, example.org:7000",
        "redis://[::1]:7000, [::1]:7000",
        "\"redis-sentinel://a:1,b/main\", \"main at the Sentinels a:1,b:26379\"",
        "\"redis-sentinel://a/main?db=2\", \"main at the Sentinels a:26379/2\"",
        "\"redis-cluster://a:1,b:2\", \"the cluster at a:1,b:2\""
      })
  void every_form_names_a_place(String url, String place) {
    assertThat(RedisUrl.of(url).place()).isEqualTo(place);
  }

  @Test
  void parts_are_told_apart() {
    var url = RedisUrl.of("rediss-sentinel://me:p%40ss+%2F@a:1,b:2/main");

    assertThat(url.kind()).isEqualTo(Kind.SENTINELS);
    assertThat(url.tls()).isTrue();
    assertThat(url.addresses()).containsExactly(new Address("a", 1), new Address("b", 2));
    assertThat(url.username()).isEqualTo("me");
    assertThat(url.password()).isEqualTo("p@ss+/");
  }

  @Test
  void a_password_alone_is_that_of_the_default_user() {
    var url = RedisUrl.of("redis://:word@a");

    assertThat(url.username()).isNull();
    assertThat(url.password()).isEqualTo("word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis:/me:secret@a",
        "me:secret@a",
        "http://me:secret@a",
        "redis://me:secret@",
        "redis://me:secret@a:99999",
        "redis://me:secret@a:port",
        "redis://me:secret@a/x",
        "redis://me:secret@a,b",
        "redis://me:secr%zzet@a",
        "redis-sentinel://me:secret@a",
        "redis-sentinel://me:secret@a/",
        "redis-cluster://me:secret@a/1",
        "redis-cluster://me:secret@a?db=1",
        "unix:///run/secret.sock"
      })
  void anything_else_is_refused_without_giving_it_away(String url) {
    assertThatThrownBy(() -> RedisUrl.of(url))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("redis://HOST:PORT")
        .hasMessageNotContaining("secr");
  }
}
