package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maven's side of the hexagon: modules need each other inward only, and none escapes the rules. */
class ModulesTest {

  private static final List<ModulePom> MODULES = ModulePom.all();

  @Test
  void everyModuleNeedsOnlyWhatLiesFurtherIn() {
    assertThat(MODULES).flatMap(module -> ModuleDirection.violations(module, MODULES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "domain, dev.parley, parley-ports, compile",
    "domain, org.slf4j, slf4j-api, compile",
    "ports, dev.parley, parley-application, compile",
    "ports, com.fasterxml.jackson.core, jackson-databind, compile",
    "application, dev.parley, parley-sqlite, runtime",
    "application, io.projectreactor, reactor-core, compile",
    "conformance-features, dev.parley, parley-sqlite, compile",
    "conformance-features, dev.parley, parley-wire, compile",
    "adapters-outbound/sqlite, dev.parley, parley-wire, compile",
    "adapters-outbound/wire, dev.parley, parley-support, compile",
    "adapters-inbound/mcp, dev.parley, parley-application, compile",
    "adapters-inbound/mcp, dev.parley, parley-stdio, compile",
    "adapters-inbound/cli, dev.parley, parley-mcp, compile",
    "adapters-inbound/stdio, dev.parley, parley-sqlite, compile",
    "adapters-outbound/state, dev.parley, parley-support, compile",
    "adapters-outbound/sqlite, dev.parley, parley-state, compile",
    "adapters-outbound/sqlite, dev.parley, parley-clientdocuments, compile",
    "adapters-outbound/clientdocuments, dev.parley, parley-support, compile",
    "adapters-outbound/sqlite, dev.parley, parley-metrics, compile",
    "adapters-outbound/metrics, dev.parley, parley-support, compile",
    "adapters-outbound/sqlite, dev.parley, parley-mcp, compile",
    "adapters-outbound/sqlite, dev.parley, parley-conformance-features, compile",
    "bootstrap, dev.parley, parley-sqlite, compile",
    "bootstrap, dev.parley, parley-support, compile",
    "architecture-tests, dev.parley, parley-bootstrap, compile",
  })
  void aModuleThatReachesOutwardIsNamed(
      String folder, String group, String artifact, String scope) {
    var module =
        ModulePom.of(
            folder,
            """
            <project>
              <dependencies>
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <scope>%s</scope>
                </dependency>
              </dependencies>
            </project>
            """
                .formatted(group, artifact, scope));

    assertThat(ModuleDirection.violations(module, MODULES))
        .containsExactly(
            "%s may not need %s:%s in scope %s".formatted(folder, group, artifact, scope));
  }

  @Test
  void everyAdapterComesWithBootstrap() {
    var wired =
        MODULES.stream()
            .filter(module -> module.folder().equals("bootstrap"))
            .flatMap(bootstrap -> bootstrap.dependencies().stream())
            .filter(needed -> !needed.isForTests())
            .map(ModulePom.Needed::artifact)
            .collect(Collectors.toSet());

    assertThat(MODULES)
        .filteredOn(module -> module.isBackend() || module.isInboundAdapter())
        .isNotEmpty()
        .allSatisfy(module -> assertThat(wired).contains("parley-" + module.name()));
  }

  @Test
  void theRulesSeeEveryPackageOfEveryModule() {
    var seen =
        new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.parley").stream()
                .map(type -> type.getPackage().getName())
                .collect(Collectors.toSet());

    assertThat(MODULES).flatMap(ModulePom::packages).isNotEmpty().isSubsetOf(seen);
  }
}
