/** The seam's laws as a suite that every backend module runs against its own backend. */
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
