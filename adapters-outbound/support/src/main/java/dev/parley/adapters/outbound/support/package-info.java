/** What backend adapters share: handing live messages to feeds, and waiting between attempts. */
@NullMarked
package dev.parley.adapters.outbound.support;

import org.jspecify.annotations.NullMarked;
