/** Tests of what lets tokens of an OpenID provider in. */
@NullMarked
package dev.parley.adapters.inbound.oauth.oidc;

import org.jspecify.annotations.NullMarked;
