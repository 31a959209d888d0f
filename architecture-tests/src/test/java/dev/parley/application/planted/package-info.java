/** Services that break the rules of the application, to prove that the rules bite. */
@Application
@NullMarked
package dev.parley.application.planted;

import org.jmolecules.architecture.hexagonal.Application;
import org.jspecify.annotations.NullMarked;
