/** The matrix is made, read back and found stale. */
@NullMarked
package dev.parley.conformance.matrix;

import org.jspecify.annotations.NullMarked;
