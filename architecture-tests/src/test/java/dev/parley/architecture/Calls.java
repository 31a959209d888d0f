package dev.parley.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.time.InstantSource;
import java.util.Set;

/** Calls that only some may make. */
final class Calls {

  private static final Set<String> SYSTEM_CLOCKS = Set.of("currentTimeMillis", "nanoTime");

  private Calls() {}

  static DescribedPredicate<JavaMethodCall> readingTheClock() {
    return DescribedPredicate.describe(
        "the clock is read",
        call -> {
          var owner = call.getTargetOwner();
          var method = call.getName();
          return (owner.isEquivalentTo(System.class) && SYSTEM_CLOCKS.contains(method))
              || (owner.getPackageName().equals("java.time") && method.equals("now"))
              || owner.isAssignableTo(InstantSource.class);
        });
  }

  static DescribedPredicate<JavaMethodCall> sleeping() {
    return DescribedPredicate.describe(
        "a thread sleeps",
        call ->
            call.getName().equals("sleep")
                && call.getTargetOwner().getPackageName().startsWith("java."));
  }
}
