package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that cannot fail protects nothing: each one is broken on purpose. */
class PlantedViolationsTest {

  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .withImportOption(Predefined.ONLY_INCLUDE_TESTS)
          .withImportOption(location -> location.contains("planted"))
          .importPackages("dev.parley");

  private static final JavaClasses NOTHING = new ClassFileImporter().importClasses();

  private static final Map<String, ArchRule> RULES = rules();

  @TestFactory
  Stream<DynamicTest> eachRuleNamesEveryClassThatWasPlantedToBreakIt() {
    return RULES.entrySet().stream()
        .map(rule ->
            DynamicTest.dynamicTest(rule.getKey(), () -> breaks(rule.getKey(), rule.getValue())));
  }

  private static void breaks(String name, ArchRule rule) {
    var planted = PLANTED.stream().filter(type -> isPlantedFor(type, name)).toList();
    assertThat(planted).as("classes planted to break %s", name).isNotEmpty();
    var report = rule.evaluate(PLANTED).getFailureReport().toString();
    assertThat(planted).allSatisfy(type -> assertThat(report).contains("." + type.getSimpleName()));
  }

  @TestFactory
  Stream<DynamicTest> eachRuleRefusesToPassOnNoClassAtAll() {
    return RULES.entrySet().stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.getKey(),
                () ->
                    assertThatThrownBy(() -> rule.getValue().check(NOTHING))
                        .isInstanceOf(AssertionError.class)));
  }

  @Test
  void everyPlantedClassBreaksARuleThatExists() {
    assertThat(PLANTED.stream().flatMap(PlantedViolationsTest::brokenBy))
        .isNotEmpty()
        .isSubsetOf(RULES.keySet());
  }

  private static boolean isPlantedFor(JavaClass type, String rule) {
    return brokenBy(type).anyMatch(rule::equals);
  }

  private static Stream<String> brokenBy(JavaClass type) {
    return type.tryGetAnnotationOfType(Breaks.class).stream()
        .flatMap(planted -> Arrays.stream(planted.value()));
  }

  private static Map<String, ArchRule> rules() {
    var rules = new TreeMap<String, ArchRule>();
    Stream.of(HexagonRules.class, AdapterRules.class, StereotypeRules.class, HouseRules.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.getType().equals(ArchRule.class))
        .forEach(field -> rules.put(field.getName(), ruleIn(field)));
    return rules;
  }

  private static ArchRule ruleIn(Field field) {
    try {
      return (ArchRule) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
