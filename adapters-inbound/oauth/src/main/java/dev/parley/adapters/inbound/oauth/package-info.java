/** Authorization of the HTTP endpoint by OAuth 2.1. */
@NullMarked
package dev.parley.adapters.inbound.oauth;

import org.jspecify.annotations.NullMarked;
