package dev.parley.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference for users says what the code does. */
class ConfigurationReferenceTest {

  private static final String RENEW =
      "docs/configuration.md is stale; renew it: mvn -q -pl bootstrap -am test"
          + " -Dtest=ConfigurationReferenceTest -Dparley.docs.write=true";

  @Test
  void the_committed_reference_is_what_the_code_says() throws Exception {
    var reference = ConfigurationReference.of(Plugins.installed());
    var committed =
        Path.of(System.getProperty("parley.checkout", "..")).resolve("docs/configuration.md");
    if (Boolean.getBoolean("parley.docs.write")) {
      Files.createDirectories(committed.resolveSibling("."));
      Files.writeString(committed, reference);
    }
    assertThat(committed).as(RENEW).exists();
    assertThat(Files.readString(committed)).as(RENEW).isEqualTo(reference);
  }

  @Test
  void the_reference_names_every_key_of_the_file() {
    var reference = ConfigurationReference.of(SamplePlugin.BOTH);
    assertThat(Keys.file(Section.ofBackend(SamplePlugin.SERVER.settings())).paths())
        .isNotEmpty()
        .allSatisfy(path ->
            assertThat(reference)
                .contains("| `%s` |".formatted(path.substring(path.lastIndexOf('.') + 1))));
  }
}
