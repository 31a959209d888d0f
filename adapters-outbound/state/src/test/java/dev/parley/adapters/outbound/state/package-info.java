/** Tests of the state folder. */
@NullMarked
package dev.parley.adapters.outbound.state;

import org.jspecify.annotations.NullMarked;
