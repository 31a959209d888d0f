/** What init leaves in a project. */
@NullMarked
package dev.parley.bootstrap.init;

import org.jspecify.annotations.NullMarked;
