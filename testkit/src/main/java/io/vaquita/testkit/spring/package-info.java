/** What makes Spring's tests tell the test kit when a test begins and ends. Of use only where Spring's test module is. */
@NullMarked
package io.vaquita.testkit.spring;

import org.jspecify.annotations.NullMarked;
