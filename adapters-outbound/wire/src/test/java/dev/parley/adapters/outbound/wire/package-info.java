/** Tests of what Parley writes for other bridges. */
@NullMarked
package dev.parley.adapters.outbound.wire;

import org.jspecify.annotations.NullMarked;
