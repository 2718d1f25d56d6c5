/** What users put on their class path or module path. */
@org.jspecify.annotations.NullMarked
package io.vaquita.spec.packaging;
