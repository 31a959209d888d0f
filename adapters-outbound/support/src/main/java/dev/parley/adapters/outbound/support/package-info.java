/** What backend adapters share: feeds, cursors, names, and the fields of the shared layouts. */
@NullMarked
package dev.parley.adapters.outbound.support;

import org.jspecify.annotations.NullMarked;
