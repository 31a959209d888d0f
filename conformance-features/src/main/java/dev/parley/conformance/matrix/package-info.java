/** Which backend keeps which law, on which server. */
@NullMarked
package dev.parley.conformance.matrix;

import org.jspecify.annotations.NullMarked;
