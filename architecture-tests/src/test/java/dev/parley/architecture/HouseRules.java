package dev.parley.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static dev.parley.architecture.Parts.ADAPTERS;
import static dev.parley.architecture.Parts.ALL;
import static dev.parley.architecture.Parts.APPLICATION;
import static dev.parley.architecture.Parts.BOOTSTRAP;
import static dev.parley.architecture.Parts.CLI;
import static dev.parley.architecture.Parts.CONFORMANCE;
import static dev.parley.architecture.Parts.STDIO;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** What keeps the code readable: names, visibility, null, streams and sleep. */
final class HouseRules {

  /** Those whose very subject is the passing of time. */
  private static final String MAY_SLEEP =
      "dev\\.parley\\.(adapters\\.inbound\\.mcp\\.Heartbeat|conformance\\.fault\\.TcpProxy).*";

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .resideInAPackage(ALL)
          .should(Visibility.resideInAPackageThatSays(NullMarked.class));

  @ArchTest
  static final ArchRule classesArePublicOnlyForAnotherPackage =
      classes()
          .that()
          .resideInAnyPackage(APPLICATION, ADAPTERS, BOOTSTRAP)
          .and()
          .areTopLevelClasses()
          .and()
          .arePublic()
          .should(Visibility.beNeededOutsideTheirPackage());

  @ArchTest
  static final ArchRule noClassIsNamedAfterNothing =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helpers?|Managers?|Data|Info|Dto|Common|Misc)(\\$.*)?");

  @ArchTest
  static final ArchRule noPackageIsNamedAfterAKindOfClass =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..impl..",
              "..dto..",
              "..common..",
              "..helper..",
              "..misc..");

  @ArchTest
  static final ArchRule onlyTheEntriesUseTheStandardStreams =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, STDIO, BOOTSTRAP, CONFORMANCE)
          .should(ACCESS_STANDARD_STREAMS)
          .because("in stdio mode standard output is the protocol");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .that()
          .haveNameNotMatching(MAY_SLEEP)
          .should(callMethodWhere(Calls.sleeping()))
          .because("whoever waits for something is woken by it");

  @ArchTest
  static final ArchRule loggingGoesThroughSlf4j = noClasses().should(USE_JAVA_UTIL_LOGGING);

  private HouseRules() {}
}
