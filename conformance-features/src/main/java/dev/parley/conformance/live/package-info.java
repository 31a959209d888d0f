/** What checks of a vendor's real service have in common. */
@NullMarked
package dev.parley.conformance.live;

import org.jspecify.annotations.NullMarked;
