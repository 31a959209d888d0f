/** Tests of what backend adapters share. */
@NullMarked
package dev.parley.adapters.outbound.support;

import org.jspecify.annotations.NullMarked;
