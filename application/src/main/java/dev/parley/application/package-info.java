/** Use cases: posting, catching up and following, written once for every backend. */
@Application
@NullMarked
package dev.parley.application;

import org.jmolecules.architecture.hexagonal.Application;
import org.jspecify.annotations.NullMarked;
