/** CREATE, ALTER and DROP: from syntax to definitions, and the work on catalog and trees. */
@NullMarked
package io.vaquita.session.definition;

import org.jspecify.annotations.NullMarked;
