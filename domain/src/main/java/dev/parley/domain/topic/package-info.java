/** Topics: what they are called and what this participant may do in each. */
@NullMarked
package dev.parley.domain.topic;

import org.jspecify.annotations.NullMarked;
