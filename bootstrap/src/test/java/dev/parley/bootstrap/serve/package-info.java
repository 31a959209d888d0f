/** How sessions are told what to do. */
@NullMarked
package dev.parley.bootstrap.serve;

import org.jspecify.annotations.NullMarked;
