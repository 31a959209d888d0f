package dev.parley.bootstrap.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.outbound.Finding;
import java.lang.Runtime.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCheckTest {

  @ParameterizedTest
  @CsvSource({
    "25+36, WARNING",
    "25.0.2+10-LTS, WARNING",
    "25.0.3+9-LTS, OK",
    "25.0.10, OK",
    "26.0.1, OK",
  })
  void a_jdk_that_loses_wake_ups_is_said(String version, Finding.Level level) {
    var finding = JavaCheck.of(Version.parse(version));
    assertThat(finding.level()).isEqualTo(level);
    assertThat(finding.found()).contains(version);
  }
}
