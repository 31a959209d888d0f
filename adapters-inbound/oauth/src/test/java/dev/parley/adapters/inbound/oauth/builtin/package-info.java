/** Tests of the authorization server: over HTTP, with its real parts. */
@NullMarked
package dev.parley.adapters.inbound.oauth.builtin;

import org.jspecify.annotations.NullMarked;
