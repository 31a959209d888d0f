/** Inbound adapters that break the rules, to prove that the rules bite. */
@NullMarked
package dev.parley.adapters.inbound.planted;

import org.jspecify.annotations.NullMarked;
