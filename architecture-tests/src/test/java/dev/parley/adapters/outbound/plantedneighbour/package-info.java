/** An outbound adapter that another one must not see. */
@NullMarked
package dev.parley.adapters.outbound.plantedneighbour;

import org.jspecify.annotations.NullMarked;
