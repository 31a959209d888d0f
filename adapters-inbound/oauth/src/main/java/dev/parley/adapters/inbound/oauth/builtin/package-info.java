/** An authorization server of Parley's own, for one owner. */
@NullMarked
package dev.parley.adapters.inbound.oauth.builtin;

import org.jspecify.annotations.NullMarked;
