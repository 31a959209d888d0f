/** Messages: what one sender said in one topic, and where it stands in the topic's order. */
@NullMarked
package dev.parley.domain.message;

import org.jspecify.annotations.NullMarked;
