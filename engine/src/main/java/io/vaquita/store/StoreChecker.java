package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import io.vaquita.error.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Verifies the files of a store that nobody has open: every page, every log record, the space map. Changes nothing. Confined to one thread. */
final class StoreChecker {
  private static final long CACHE_BYTES = 32 << 20;
  private static final int PAGES_A_REPORT = 1 << 16;

  private final Path directory;
  private final Environment environment;
  private final List<String> problems = new ArrayList<>();
  private final BitSet reached = new BitSet();
  private final CheckListener listener;
  private final Stores.FurtherCheck further;
  private long pagesReached;
  private long unitsReached;
  private long unitsInAll;

  StoreChecker(
      Path directory,
      Environment environment,
      CheckListener listener,
      Stores.FurtherCheck further) {
    this.listener = listener;
    this.further = further;
    this.directory = directory;
    this.environment = environment;
  }

  StoreCheck check() {
    FileSystem files = environment.files();
    Path dataPath = directory.resolve(PageFile.NAME);
    Stores.requireStore(directory, environment);
    StoreOpening opening = new StoreOpening(directory, StoreOptions.defaults(), environment);
    try (AutoCloseable _ = opening.lock();
        RandomAccess data = files.open(dataPath)) {
      return check(data, opening.readMeta(data));
    } catch (IOException e) {
      throw StoreErrors.readFailed(directory.toString(), e);
    } catch (DatabaseException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private StoreCheck check(RandomAccess data, MetaPage meta) throws IOException {
    PageSizes sizes = new PageSizes(meta.pageBytes(), meta.unitBytes());
    PageFile file = new PageFile(data, sizes);
    PageSource source =
        new LoadingPageSource(
            file, new PageCache(CACHE_BYTES, sizes.page(), () -> 0), new StoreCounters());
    unitsInAll = meta.fileUnits();
    reach(Location.of(0, Checkpoint.firstUnit(sizes)));
    TreeDirectory trees = new TreeDirectory(sizes, source, meta.directory(), meta.directoryCount());
    TreeChecker directoryChecker = new TreeChecker(trees.version(), this::reach);
    directoryChecker.check(TreeDirectory.TREE, trees.version().roots.get(TreeDirectory.TREE));
    problems.addAll(directoryChecker.problems());
    Version version = new Version(trees.roots(), meta.position(), 0, source, new Epoch());
    TreeChecker checker = new TreeChecker(version, this::reach);
    int treeCount = 0;
    for (int tree = 1; tree < trees.roots().treeLimit(); tree++) {
      TreeRoot root = trees.roots().get(tree);
      treeCount += root == null ? 0 : 1;
      checker.check(tree, root);
    }
    problems.addAll(checker.problems());
    CheckedLog log = new CheckedLog(version, sizes, Runtime.getRuntime().maxMemory() / 4);
    readLog(meta, log);
    Version newest = log.version();
    problems.addAll(further.problems(newest, newest.roots.treeLimit()));
    long free = space(file, meta);
    return new StoreCheck(
        meta.instanceText(),
        meta.position(),
        log.commits(),
        newest.position(),
        treeCount,
        checker.entries(),
        checker.pages() + directoryChecker.pages(),
        checker.values(),
        checker.fill(),
        meta.fileUnits() * sizes.unit(),
        free * sizes.unit(),
        List.copyOf(problems));
  }

  private void reach(long location) {
    int from = Math.toIntExact(Location.unit(location));
    int to = from + Location.count(location);
    if (reached.get(from, to).cardinality() > 0) {
      problems.add("the units at " + Location.describe(location) + " are used twice");
    }
    reached.set(from, to);
    unitsReached += to - from;
    pagesReached++;
    if (pagesReached % PAGES_A_REPORT == 0) {
      listener.pagesRead(unitsReached, unitsInAll);
    }
  }

  /** Compares the space map with what was reached; returns the count of free units. */
  private long space(PageFile file, MetaPage meta) {
    SpaceMap space;
    try {
      space = new SpaceMap(file, meta);
      space.eachOwnLocation(this::reach);
    } catch (DatabaseException e) {
      problems.add("space map: " + e.message());
      return 0;
    }
    long free = 0;
    long lost = 0;
    for (long unit = 0; unit < meta.fileUnits(); unit++) {
      boolean isLive;
      try {
        isLive = space.isLive(unit);
      } catch (DatabaseException e) {
        problems.add("space map: " + e.message());
        return free;
      }
      boolean isReached = reached.get((int) unit);
      free += isLive ? 0 : 1;
      lost += isLive && !isReached ? 1 : 0;
      if (isReached && !isLive) {
        problems.add("unit " + unit + " is in use and the space map says that it is free");
      }
    }
    if (lost > 0) {
      problems.add(lost + " units are not in use and the space map does not know");
    }
    return free;
  }

  private void readLog(MetaPage meta, CheckedLog into) throws IOException {
    LogDirectory log = LogDirectory.asFound(environment.files(), directory, meta.instance());
    LogPoint start = new LogPoint(meta.logSegment(), meta.logOffset(), meta.isSegmentExpected());
    try (LogReader reader = new LogReader(environment.files(), log, start, meta.position())) {
      into.read(reader);
    } catch (DatabaseException | IllegalArgumentException e) {
      problems.add("log: " + e.getMessage());
    }
  }
}
