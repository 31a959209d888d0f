/** Hand-offs: work that one participant offers in a topic and another takes, by plain messages. */
@NullMarked
package dev.parley.domain.handoff;

import org.jspecify.annotations.NullMarked;
