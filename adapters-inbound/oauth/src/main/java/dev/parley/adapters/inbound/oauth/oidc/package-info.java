/** Another OpenID provider authorizes; its access tokens are checked here. */
@NullMarked
package dev.parley.adapters.inbound.oauth.oidc;

import org.jspecify.annotations.NullMarked;
