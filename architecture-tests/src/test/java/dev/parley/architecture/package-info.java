/**
 * The rules of the hexagon over every production class, and the proof that each of them can fail.
 */
@NullMarked
package dev.parley.architecture;

import org.jspecify.annotations.NullMarked;
