package dev.parley.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.parley.architecture.Parts.APPLICATION;
import static dev.parley.architecture.Parts.BOOTSTRAP;
import static dev.parley.architecture.Parts.DOMAIN;
import static dev.parley.architecture.Parts.INBOUND_ADAPTERS;
import static dev.parley.architecture.Parts.INBOUND_PORTS;
import static dev.parley.architecture.Parts.JMOLECULES;
import static dev.parley.architecture.Parts.OUTBOUND_ADAPTERS;
import static dev.parley.architecture.Parts.OUTBOUND_PORTS;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.lang.annotation.Annotation;
import org.jmolecules.architecture.hexagonal.Application;
import org.jmolecules.architecture.hexagonal.PrimaryAdapter;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jmolecules.architecture.hexagonal.SecondaryAdapter;
import org.jmolecules.architecture.hexagonal.SecondaryPort;
import org.jmolecules.archunit.JMoleculesArchitectureRules;
import org.jmolecules.archunit.JMoleculesDddRules;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.ValueObject;

/** The stereotypes of jMolecules: what the annotations promise, and who has to bear them. */
final class StereotypeRules {

  @ArchTest
  static final ArchRule annotatedClassesFormAHexagon =
      CompositeArchRule.of(residing(PrimaryPort.class, INBOUND_PORTS))
          .and(residing(SecondaryPort.class, OUTBOUND_PORTS))
          .and(residing(PrimaryAdapter.class, INBOUND_ADAPTERS))
          .and(residing(SecondaryAdapter.class, OUTBOUND_ADAPTERS))
          .and(JMoleculesArchitectureRules.ensureHexagonal());

  @ArchTest
  static final ArchRule aggregatesEntitiesAndValuesReferToEachOtherAsTheyShould =
      CompositeArchRule.of(residing(AggregateRoot.class, DOMAIN))
          .and(residing(ValueObject.class, DOMAIN))
          .and(JMoleculesDddRules.all());

  @ArchTest
  static final ArchRule everyPackageOfTheApplicationSaysSo =
      classes()
          .that()
          .resideInAPackage(APPLICATION)
          .should(Visibility.resideInAPackageThatSays(Application.class));

  @ArchTest
  static final ArchRule everyUseCaseIsAPrimaryPort =
      classes()
          .that()
          .resideInAPackage(INBOUND_PORTS)
          .and()
          .areInterfaces()
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .beAnnotatedWith(PrimaryPort.class);

  @ArchTest
  static final ArchRule whatImplementsASecondaryPortIsASecondaryAdapter =
      classes()
          .that()
          .resideInAPackage(OUTBOUND_ADAPTERS)
          .and()
          .areNotInterfaces()
          .and()
          .implement(annotatedWith(SecondaryPort.class))
          .should()
          .beAnnotatedWith(SecondaryAdapter.class);

  @ArchTest
  static final ArchRule bootstrapBearsNoStereotype =
      noClasses()
          .that()
          .resideInAPackage(BOOTSTRAP)
          .should()
          .dependOnClassesThat(resideInAPackage(JMOLECULES));

  private StereotypeRules() {}

  /** Fails where nobody bears the annotation; the rules of jMolecules pass on nothing. */
  private static ArchRule residing(Class<? extends Annotation> stereotype, String where) {
    return classes().that().areAnnotatedWith(stereotype).should().resideInAPackage(where);
  }
}
