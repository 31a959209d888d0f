package dev.parley.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class that was planted to break rules; each named rule has to name it in its report. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Breaks {

  /** The names of the rules, as their fields are called. */
  String[] value();
}
