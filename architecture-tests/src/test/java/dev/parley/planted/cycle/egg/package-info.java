/** The other half of a cycle between packages. */
@NullMarked
package dev.parley.planted.cycle.egg;

import org.jspecify.annotations.NullMarked;
