/** The edges of the hexagon: what drives it and what it drives. */
@NullMarked
package dev.parley.ports;

import org.jspecify.annotations.NullMarked;
