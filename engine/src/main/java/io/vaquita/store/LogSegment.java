package io.vaquita.store;

import io.vaquita.environment.RandomAccess;
import java.nio.file.Path;

/** A segment that the log writes into. Immutable. */
record LogSegment(long number, Path path, RandomAccess file, long bytes) {}
