/** Presence: who is there, in which topics, and what a message to them would meet. */
@NullMarked
package dev.parley.domain.presence;

import org.jspecify.annotations.NullMarked;
