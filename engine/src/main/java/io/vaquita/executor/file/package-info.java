/** The text files of LOAD DATA and SELECT … INTO OUTFILE: lines of fields, read and written. */
@NullMarked
package io.vaquita.executor.file;

import org.jspecify.annotations.NullMarked;
