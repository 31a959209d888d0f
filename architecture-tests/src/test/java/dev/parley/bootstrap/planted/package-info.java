/** Wiring that breaks the rules of the composition root, to prove that the rules bite. */
@NullMarked
package dev.parley.bootstrap.planted;

import org.jspecify.annotations.NullMarked;
