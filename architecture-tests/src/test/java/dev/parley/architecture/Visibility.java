package dev.parley.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;
import java.util.function.Predicate;

/** What the package of a class says of it. */
final class Visibility {

  private Visibility() {}

  static ArchCondition<JavaClass> resideInAPackageThatSays(Class<? extends Annotation> annotation) {
    return condition(
        "reside in a package whose package-info says @" + annotation.getSimpleName(),
        type -> type.getPackage().isAnnotatedWith(annotation));
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
