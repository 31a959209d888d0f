package dev.parley.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who may see a class, and whether it may hold null. */
final class Visibility {

  private Visibility() {}

  static ArchCondition<JavaClass> resideInAPackageThatSays(Class<? extends Annotation> annotation) {
    return condition(
        "reside in a package whose package-info says @" + annotation.getSimpleName(),
        type -> type.getPackage().isAnnotatedWith(annotation));
  }

  /** By another package of Parley, by the {@link java.util.ServiceLoader}, or by the launcher. */
  static ArchCondition<JavaClass> beNeededOutsideTheirPackage() {
    return condition(
        "be needed outside their package",
        type ->
            isUsedElsewhere(type)
                || isInAPublicSignature(type)
                || isService(type)
                || isEntry(type));
  }

  private static boolean isUsedElsewhere(JavaClass type) {
    return withNested(type)
        .flatMap(part -> part.getDirectDependenciesToSelf().stream())
        .anyMatch(use -> !use.getOriginClass().getPackage().equals(type.getPackage()));
  }

  private static boolean isInAPublicSignature(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(other -> !other.equals(type) && isPublic(other))
        .flatMap(other -> other.getCodeUnits().stream())
        .filter(code -> code.getModifiers().contains(JavaModifier.PUBLIC))
        .anyMatch(code ->
            code.getRawReturnType().equals(type) || code.getRawParameterTypes().contains(type));
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static Stream<JavaClass> withNested(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(other -> other.equals(type) || other.getName().startsWith(type.getName() + "$"));
  }

  private static boolean isService(JavaClass type) {
    return type.getAllRawInterfaces().stream()
        .flatMap(service -> providersOf(service.getName()))
        .anyMatch(type.getName()::equals);
  }

  private static Stream<String> providersOf(String service) {
    return Visibility.class
        .getClassLoader()
        .resources("META-INF/services/" + service)
        .flatMap(Visibility::linesOf)
        .map(String::strip);
  }

  private static Stream<String> linesOf(URL file) {
    try (var in = file.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEntry(JavaClass type) {
    return type.tryGetMethod("main", String[].class).isPresent();
  }

  private static ArchCondition<JavaClass> condition(
      String description, Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type, holds.test(type), "%s: to %s".formatted(type.getName(), description)));
      }
    };
  }
}
