/** Broken variations of the reference backend, each of which fails at least the law it breaks. */
@NullMarked
package dev.parley.conformance.mutant;

import org.jspecify.annotations.NullMarked;
