package dev.parley.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.parley.architecture.Parts.ADAPTERS;
import static dev.parley.architecture.Parts.APPLICATION;
import static dev.parley.architecture.Parts.BOOTSTRAP;
import static dev.parley.architecture.Parts.CONFORMANCE;
import static dev.parley.architecture.Parts.DOMAIN;
import static dev.parley.architecture.Parts.INBOUND_PORTS;
import static dev.parley.architecture.Parts.JAVA;
import static dev.parley.architecture.Parts.JMOLECULES;
import static dev.parley.architecture.Parts.JSPECIFY;
import static dev.parley.architecture.Parts.OUTBOUND_PORTS;
import static dev.parley.architecture.Parts.PORTS;
import static dev.parley.architecture.Parts.RE2J;
import static dev.parley.architecture.Parts.SLF4J;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core of the hexagon: dependencies point inward and nowhere else. */
final class HexagonRules {

  @ArchTest
  static final ArchRule domainSeesOnlyJavaJMoleculesJSpecifyAndRe2j =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(DOMAIN, JAVA, JMOLECULES, JSPECIFY, RE2J);

  @ArchTest
  static final ArchRule domainNeverSeesPorts =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PORTS);

  @ArchTest
  static final ArchRule domainDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..");

  @ArchTest
  static final ArchRule domainReadsNoClock =
      noClasses().that().resideInAPackage(DOMAIN).should().callMethodWhere(Calls.readingTheClock());

  @ArchTest
  static final ArchRule domainMatchesPatternsInLinearTimeOnly =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex..")
          .because(
              "patterns come from strangers, and RE2/J takes linear time whatever the pattern");

  @ArchTest
  static final ArchRule portsNeverSeeTheApplication =
      noClasses()
          .that()
          .resideInAPackage(PORTS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(APPLICATION);

  @ArchTest
  static final ArchRule noVendorTypeInAPort =
      classes()
          .that()
          .resideInAPackage(PORTS)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(PORTS, DOMAIN, JAVA, JMOLECULES, JSPECIFY);

  @ArchTest
  static final ArchRule inboundPortsNeverSeeOutboundPorts =
      noClasses()
          .that()
          .resideInAPackage(INBOUND_PORTS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(OUTBOUND_PORTS);

  @ArchTest
  static final ArchRule outboundPortsNeverSeeInboundPorts =
      noClasses()
          .that()
          .resideInAPackage(OUTBOUND_PORTS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(INBOUND_PORTS);

  @ArchTest
  static final ArchRule applicationSeesPortsAndDomainOnly =
      classes()
          .that()
          .resideInAPackage(APPLICATION)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(APPLICATION, PORTS, DOMAIN, JAVA, JMOLECULES, JSPECIFY, SLF4J);

  @ArchTest
  static final ArchRule nobodySeesBootstrap =
      noClasses()
          .that()
          .resideOutsideOfPackage(BOOTSTRAP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BOOTSTRAP);

  @ArchTest
  static final ArchRule nothingThatShipsSeesTheConformanceSuite =
      noClasses()
          .that()
          .resideOutsideOfPackage(CONFORMANCE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CONFORMANCE);

  @ArchTest
  static final ArchRule conformanceSuiteSeesNoAdapter =
      noClasses()
          .that()
          .resideInAPackage(CONFORMANCE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ADAPTERS);

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.parley.(**)").should().beFreeOfCycles();

  private HexagonRules() {}
}
