package dev.parley.conformance.steps;

import io.cucumber.core.backend.ObjectFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the step objects of one scenario, each once: constructor parameters are step objects too,
 * so that the steps of a scenario share what they know.
 */
public final class ScenarioObjects implements ObjectFactory {

  private final Map<Class<?>, Object> objects = new HashMap<>();

  @Override
  public boolean addClass(Class<?> glueClass) {
    return true;
  }

  @Override
  public void start() {
    objects.clear();
  }

  @Override
  public void stop() {
    objects.clear();
  }

  @Override
  public <T> T getInstance(Class<T> type) {
    var known = objects.get(type);
    if (known == null) {
      known = make(type);
      objects.put(type, known);
    }
    return type.cast(known);
  }

  private Object make(Class<?> type) {
    var constructor = type.getConstructors()[0];
    var parameters = Arrays.stream(constructor.getParameterTypes()).map(this::getInstance);
    try {
      return constructor.newInstance(parameters.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " needs one public constructor", e);
    }
  }
}
