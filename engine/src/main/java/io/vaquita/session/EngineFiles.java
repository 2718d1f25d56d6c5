package io.vaquita.session;

import io.vaquita.DatabaseFiles;
import io.vaquita.environment.Environment;
import io.vaquita.store.ReplayBound;
import io.vaquita.store.Store;
import io.vaquita.store.StoreCheck;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The files of databases of this engine. Stateless; thread-safe. */
public final class EngineFiles implements DatabaseFiles {
  private static final Environment ENVIRONMENT = Environment.system();

  /** For {@link java.util.ServiceLoader}. */
  public EngineFiles() {}

  @Override
  public CheckReport check(Path directory, Consumer<String> progress) {
    CatalogCheck catalog = new CatalogCheck(progress);
    StoreCheck store =
        Stores.check(
            directory,
            ENVIRONMENT,
            (read, all) -> progress.accept(percent(read, all) + " of the data file's pages read"),
            catalog::problems);
    List<String> facts = new ArrayList<>();
    facts.add("store " + store.instance());
    facts.add(
        store.pages()
            + " pages of "
            + store.trees()
            + " trees, "
            + store.entries()
            + " entries, "
            + store.values()
            + " large values");
    facts.add(
        String.format(
            Locale.ROOT,
            "%d bytes, %d of them free; pages are %.0f%% full",
            store.fileBytes(),
            store.freeBytes(),
            store.fill() * 100));
    facts.add(
        catalog.tables()
            + " tables, "
            + catalog.indexes()
            + " indexes compared with rows, as of commit "
            + store.comparedPosition());
    facts.add(
        "the data file has all up to commit "
            + store.checkpointPosition()
            + ", the log "
            + store.logCommits()
            + " more");
    return new CheckReport(facts, store.problems());
  }

  private static String percent(long part, long all) {
    return all == 0 ? "100%" : Math.min(100, part * 100 / all) + "%";
  }

  @Override
  public long backup(Path directory, Path target, Consumer<String> progress) {
    Stores.requireStore(directory, ENVIRONMENT);
    progress.accept("opening " + directory);
    try (Store store = Stores.open(directory, StoreOptions.defaults(), ENVIRONMENT)) {
      progress.accept("copying to " + target);
      return Stores.backup(store, target, ENVIRONMENT, () -> {});
    }
  }

  @Override
  public long restore(
      Path backup, List<Path> logs, Path target, RestorePoint until, Consumer<String> progress) {
    Long position = until.position();
    Instant time = until.time();
    ReplayBound bound =
        new ReplayBound(
            position == null ? Long.MAX_VALUE : position,
            time == null
                ? Long.MAX_VALUE
                : time.getEpochSecond() * 1_000_000 + time.getNano() / 1000);
    progress.accept("copying " + backup + " to " + target);
    return Stores.restore(backup, logs, target, bound, ENVIRONMENT);
  }

  @Override
  public String describePage(Path directory, long unit) {
    return Stores.describePage(directory, unit, ENVIRONMENT);
  }
}
