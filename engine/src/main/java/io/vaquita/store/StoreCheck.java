package io.vaquita.store;

import java.util.List;

/**
 * What a check of a store's files found. Immutable.
 *
 * @param instance id of the store, in hexadecimal digits
 * @param checkpointPosition last commit that the data file contains
 * @param logCommits commits that the log has beyond that
 * @param comparedPosition last commit of the version that was given to {@link Stores.FurtherCheck}: the log's last one, or the checkpoint's
 *     when the log is damaged or changes more pages than fit a quarter of the heap
 * @param pages pages of trees
 * @param values values outside of leaves
 * @param fill how full the pages are, from 0 to 1
 * @param fileBytes bytes of the data file that may be in use
 * @param freeBytes bytes of these that are free
 * @param problems what is wrong, in words; empty: all is well
 */
public record StoreCheck(
    String instance,
    long checkpointPosition,
    long logCommits,
    long comparedPosition,
    int trees,
    long entries,
    long pages,
    long values,
    double fill,
    long fileBytes,
    long freeBytes,
    List<String> problems) {}
