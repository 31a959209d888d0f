/** The suite tried on the reference backend and on mutants of it. */
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
