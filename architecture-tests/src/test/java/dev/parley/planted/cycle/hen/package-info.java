/** One half of a cycle between packages. */
@NullMarked
package dev.parley.planted.cycle.hen;

import org.jspecify.annotations.NullMarked;
