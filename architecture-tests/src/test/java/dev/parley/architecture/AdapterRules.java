package dev.parley.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.parley.architecture.Parts.ADAPTERS;
import static dev.parley.architecture.Parts.APPLICATION;
import static dev.parley.architecture.Parts.BOOTSTRAP;
import static dev.parley.architecture.Parts.CLIENT_DOCUMENTS;
import static dev.parley.architecture.Parts.HTTP;
import static dev.parley.architecture.Parts.INBOUND_ADAPTERS;
import static dev.parley.architecture.Parts.INBOUND_PORTS;
import static dev.parley.architecture.Parts.MCP;
import static dev.parley.architecture.Parts.METRICS;
import static dev.parley.architecture.Parts.OUTBOUND_ADAPTERS;
import static dev.parley.architecture.Parts.OUTBOUND_PORTS;
import static dev.parley.architecture.Parts.STATE;
import static dev.parley.architecture.Parts.STDIO;
import static dev.parley.architecture.Parts.SUPPORT;
import static dev.parley.architecture.Parts.WIRE;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The edges of the hexagon: an adapter sees ports and domain, and no other adapter. */
final class AdapterRules {

  @ArchTest
  static final ArchRule adaptersNeverSeeTheApplication =
      noClasses()
          .that()
          .resideInAPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(APPLICATION);

  @ArchTest
  static final ArchRule inboundAdaptersNeverSeeOutboundPorts =
      noClasses()
          .that()
          .resideInAPackage(INBOUND_ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OUTBOUND_PORTS);

  @ArchTest
  static final ArchRule outboundAdaptersNeverSeeInboundPorts =
      noClasses()
          .that()
          .resideInAPackage(OUTBOUND_ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(INBOUND_PORTS);

  @ArchTest
  static final ArchRule inboundAdaptersNeverMeetOutboundOnes =
      noClasses()
          .that()
          .resideInAPackage(INBOUND_ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OUTBOUND_ADAPTERS);

  @ArchTest
  static final ArchRule outboundAdaptersNeverMeetInboundOnes =
      noClasses()
          .that()
          .resideInAPackage(OUTBOUND_ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(INBOUND_ADAPTERS);

  @ArchTest
  static final ArchRule inboundAdaptersNeverSeeEachOtherExceptStdioAndHttpTheCatalogue =
      slices()
          .matching("dev.parley.adapters.inbound.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAnyPackage(STDIO, HTTP), resideInAPackage(MCP));

  @ArchTest
  static final ArchRule outboundAdaptersNeverSeeEachOtherExceptBackendsTheirSupport =
      slices()
          .matching("dev.parley.adapters.outbound.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              resideOutsideOfPackages(STATE, WIRE, CLIENT_DOCUMENTS, METRICS, SUPPORT),
              resideInAPackage(SUPPORT));

  @ArchTest
  static final ArchRule bootstrapFindsBackendsByServiceLoaderOnly =
      noClasses()
          .that()
          .resideInAPackage(BOOTSTRAP)
          .should()
          .dependOnClassesThat(
              resideInAPackage(OUTBOUND_ADAPTERS)
                  .and(resideOutsideOfPackages(STATE, WIRE, CLIENT_DOCUMENTS, METRICS)));

  private AdapterRules() {}
}
