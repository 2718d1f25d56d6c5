package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory in the making: filled under another name, so that whoever finds it under its own finds it whole. Confined to one thread.
 */
final class NewDirectory {
  private static final String UNFINISHED = ".unfinished";

  private final FileSystem files;
  private final Path target;
  private final Path unfinished;

  private NewDirectory(FileSystem files, Path target) {
    this.files = files;
    this.target = target;
    this.unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
  }

  /** Makes the directory's unfinished form, empty. Fails when the target has files in it. */
  static NewDirectory begin(FileSystem files, Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    if (files.exists(absolute) && !files.list(absolute).isEmpty()) {
      throw StoreErrors.fileExists(absolute);
    }
    NewDirectory made = new NewDirectory(files, absolute);
    files.createDirectories(made.unfinished);
    made.empty();
    return made;
  }

  private void empty() throws IOException {
    for (String name : files.list(unfinished)) {
      files.delete(unfinished.resolve(name));
    }
  }

  /** Where to put the files. */
  Path path() {
    return unfinished;
  }

  /** All files are there and durable: the directory gets its name. */
  void finish() throws IOException {
    files.rename(unfinished, target);
    Path parent = target.getParent();
    if (parent != null) {
      files.syncDirectory(parent);
    }
  }

  /** Gives up; what is in the way of that stays, under a name that says what it is. */
  void abandon() {
    try {
      empty();
      files.delete(unfinished);
    } catch (IOException e) {
      // The failure that led here is the one to tell.
    }
  }
}
