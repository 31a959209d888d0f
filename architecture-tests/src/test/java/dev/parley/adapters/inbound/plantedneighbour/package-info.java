/** An inbound adapter that another one must not see. */
@NullMarked
package dev.parley.adapters.inbound.plantedneighbour;

import org.jspecify.annotations.NullMarked;
