/** Participants: who speaks, under which handle, and how far that is vouched for. */
@NullMarked
package dev.parley.domain.participant;

import org.jspecify.annotations.NullMarked;
