package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ports.BackendException.Misconfigured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://db.example.org/parley | db.example.org:5432/parley",
        "postgres://db.example.org:6543/parley | db.example.org:6543/parley",
        "jdbc:postgresql://db.example.org/parley | db.example.org:5432/parley",
        "postgresql://me:secret@db.example.org/parley | db.example.org:5432/parley",
        "postgresql://[::1]:6543/parley | [::1]:6543/parley",
        "postgresql:///parley | localhost:5432/parley",
        "postgresql://one,two:6543/parley | one:5432,two:6543/parley",
        "postgresql://db.example.org | db.example.org:5432",
        "postgresql://db.example.org/of%20two%20words | db.example.org:5432/of two words"
      })
  void forms_of_libpq_and_of_the_driver_are_understood(String url, String place) {
    assertThat(ConnectionUrl.parse(url).place()).isEqualTo(place);
  }

  @Test
  void credentials_are_decoded_and_shown_nowhere() {
    var url = ConnectionUrl.parse("postgresql://m%65:s%40c+ret%3A%2F@host/db");

    assertThat(url.get("user")).isEqualTo("me");
    assertThat(url.get("password")).isEqualTo("s@c+ret:/");
    assertThat(url.place() + url.jdbc() + url).doesNotContain("s@c", "s%40c", "ret");
  }

  @Test
  void a_password_may_contain_an_at_sign_as_it_is() {
    assertThat(ConnectionUrl.parse("postgresql://me:p@ss@host/db").get("password"))
        .isEqualTo("p@ss");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=verify-full, sslmode, verify-full",
    "application_name=mine, ApplicationName, mine",
    "connect_timeout=3, connectTimeout, 3",
    "target_session_attrs=read-write, targetServerType, primary",
    "target_session_attrs=prefer-standby, targetServerType, preferSecondary",
    "targetServerType=primary, targetServerType, primary",
    "ssl, ssl, true"
  })
  void parameters_of_both_are_understood(String given, String name, String value) {
    assertThat(ConnectionUrl.parse("postgresql://host/db?" + given).get(name)).isEqualTo(value);
  }

  @Test
  void of_several_servers_the_primary_is_meant_unless_another_kind_is_asked_for() {
    assertThat(ConnectionUrl.parse("postgresql://one,two/db").get("targetServerType"))
        .isEqualTo("primary");
    assertThat(
            ConnectionUrl.parse("postgresql://one,two/db?targetServerType=any")
                .get("targetServerType"))
        .isEqualTo("any");
    assertThat(ConnectionUrl.parse("postgresql://one/db").get("targetServerType")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host/db",
        "mysql://me:secret@host/db",
        "postgresql://me:secret@host/db/more",
        "postgresql://me:sec/ret@host/db",
        "postgresql://me:secret@ho st/db",
        "postgresql://me:secret@host:port/db",
        "postgresql://me:sec%ret@host/db"
      })
  void other_forms_are_refused_without_repeating_a_secret(String url) {
    assertThatThrownBy(() -> ConnectionUrl.parse(url))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("url")
        .message()
        .doesNotContain("secret", "sec");
  }
}
