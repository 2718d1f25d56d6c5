package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.OptimizerHint;
import io.vaquita.parser.syntax.StatementHints;
import io.vaquita.parser.syntax.StatementHints.Notice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the optimizer hints of one statement to the query blocks that they are addressed to, and notes those that come twice, stand
 * against each other, or find no block. Confined to one thread.
 *
 * <p>A block's hints are taken up where the block ends, as in MySQL: they may name the blocks inside it and those before it, and their
 * own name only behind the QB_NAME that gives it.
 */
final class HintCollector {
  private final TokenStream tokens;
  private final List<Block> blocks = new ArrayList<>();
  private final List<OptimizerHint> settings = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private boolean standalone;
  private boolean shared;

  HintCollector(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** A block while the statement is parsed. */
  private static final class Block {
    final int offset;
    final List<OptimizerHint> hints = new ArrayList<>(0);
    final HintedBlock view;
    List<OptimizerHint> written = List.of();
    @Nullable Set<String> taken;
    @Nullable String name;

    Block(int offset, int number) {
      this.offset = offset;
      this.view = new HintedBlock(number, Collections.unmodifiableList(hints));
    }

    /** False when it was taken before. */
    boolean take(String what) {
      Set<String> known = taken;
      if (known == null) {
        known = new HashSet<>();
        taken = known;
      }
      return known.add(what);
    }

    boolean has(String what) {
      return taken != null && taken.contains(what);
    }
  }

  /** Whether the statement is a query by itself, in which MAX_EXECUTION_TIME has a meaning. */
  void setStandalone(boolean isQuery) {
    standalone = isQuery;
  }

  /** The next block to open is the last one: INSERT and the SELECT that gives its rows. */
  void shareNext() {
    shared = true;
  }

  /** A block begins: the current token is its hints, if it has some. The parser may come here again for the same text. */
  HintedBlock open() {
    int offset = tokens.start();
    boolean isHint = tokens.at(TokenKind.HINT);
    Block block = find(offset);
    if (block == null && shared && !blocks.isEmpty()) {
      block = blocks.getLast();
      block.written = new ArrayList<>(block.written);
      shared = false;
      block.written.addAll(isHint ? read() : List.of());
    } else if (block == null) {
      block = new Block(offset, blocks.size() + 1);
      blocks.add(block);
      block.written = isHint ? read() : List.of();
    }
    if (isHint) {
      tokens.next();
    }
    return block.view;
  }

  private @Nullable Block find(int offset) {
    for (int i = blocks.size() - 1; i >= 0 && blocks.get(i).offset >= offset; i--) {
      if (blocks.get(i).offset == offset) {
        return blocks.get(i);
      }
    }
    return null;
  }

  private List<OptimizerHint> read() {
    HintParser parser = tokens.hints();
    List<OptimizerHint> hints = parser.parse();
    Notice notice = parser.notice();
    if (notice != null) {
      notices.add(notice);
    }
    return hints;
  }

  /** A block ends. */
  void close(HintedBlock view) {
    Block block = blocks.get(view.number() - 1);
    List<OptimizerHint> written = block.written;
    block.written = List.of();
    for (OptimizerHint hint : written) {
      take(block, hint);
    }
  }

  /** What the whole statement asks for, once it has been parsed. */
  StatementHints end() {
    return settings.isEmpty() && notices.isEmpty()
        ? StatementHints.NONE
        : new StatementHints(settings, notices);
  }

  private void take(Block own, OptimizerHint hint) {
    switch (hint.name()) {
      case "SET_VAR" -> settings.add(hint);
      case "QB_NAME" -> name(own, hint);
      case "RESOURCE_GROUP" -> {
        if (!hint.arguments().getFirst().equalsIgnoreCase("USR_default")) {
          note(MySqlError.ER_RESOURCE_GROUP_NOT_EXISTS, hint.arguments().getFirst());
        }
      }
      case "MAX_EXECUTION_TIME" -> {
        if (!standalone || own.view.number() > 1) {
          note(MySqlError.ER_WARN_UNSUPPORTED_MAX_EXECUTION_TIME);
        } else {
          add(own, hint, own.take(hint.name()));
        }
      }
      default -> {
        Block block = hint.block() == null ? own : find(hint.block(), hint);
        if (block != null) {
          address(block, hint);
        }
      }
    }
  }

  private void name(Block own, OptimizerHint hint) {
    String name = hint.arguments().getFirst();
    boolean free = own.name == null;
    for (Block block : blocks) {
      free &= block.name == null || !block.name.equalsIgnoreCase(name);
    }
    if (free) {
      own.name = name;
    }
    add(own, hint, free);
  }

  private @Nullable Block find(String name, OptimizerHint hint) {
    Block block = find(name);
    if (block == null) {
      note(MySqlError.ER_WARN_UNKNOWN_QB_NAME, name, hint.name());
    }
    return block;
  }

  private @Nullable Block find(String name) {
    for (Block block : blocks) {
      if (name.equalsIgnoreCase(block.name)
          || name.equalsIgnoreCase("select#" + block.view.number())) {
        return block;
      }
    }
    return null;
  }

  private void address(Block block, OptimizerHint hint) {
    String type = type(hint);
    switch (hint.name()) {
      case "SEMIJOIN", "NO_SEMIJOIN", "SUBQUERY" -> add(block, hint, block.take("SUBQUERY"));
      case "JOIN_FIXED_ORDER" ->
          add(block, hint, !block.has("JOIN_ORDER") && block.take("JOIN_FIXED_ORDER"));
      case "JOIN_ORDER", "JOIN_PREFIX", "JOIN_SUFFIX" -> order(block, hint);
      case "MRR", "NO_MRR", "NO_ICP", "NO_RANGE_OPTIMIZATION" ->
          forTables(block, hint, (b, h) -> keys(b, h, type));
      case "INDEX_MERGE", "NO_INDEX_MERGE", "SKIP_SCAN", "NO_SKIP_SCAN" ->
          forTables(block, hint, (b, h) -> keyList(b, h, type));
      case "INDEX", "JOIN_INDEX", "GROUP_INDEX", "ORDER_INDEX" ->
          forTables(block, hint, (b, h) -> indexes(b, h, type));
      case "NO_INDEX", "NO_JOIN_INDEX", "NO_GROUP_INDEX", "NO_ORDER_INDEX" ->
          forTables(block, hint, (b, h) -> indexes(b, h, type));
      default -> {
        if (hint.tables().isEmpty()) {
          add(block, hint, block.take(type));
        } else {
          forTables(
              block, hint, (b, h) -> add(b, h, !b.has(type) && b.take(type + " " + table(h))));
        }
      }
    }
  }

  private interface Taker {
    void take(Block block, OptimizerHint hint);
  }

  private void forTables(Block block, OptimizerHint hint, Taker taker) {
    for (OptimizerHint.Table table : hint.tables()) {
      Block target = table.block() == null ? block : find(table.block(), hint);
      if (target != null) {
        taker.take(target, hint.of(table));
      }
    }
  }

  private void order(Block block, OptimizerHint hint) {
    for (OptimizerHint.Table table : hint.tables()) {
      if (table.block() != null && find(table.block()) == null) {
        return;
      }
    }
    boolean isOrder = hint.name().equals("JOIN_ORDER");
    boolean fits = !block.has("JOIN_FIXED_ORDER") && (isOrder || block.take(hint.name()));
    if (fits) {
      block.take("JOIN_ORDER");
    }
    add(block, hint, fits);
  }

  /** Each key for itself, or the whole table. */
  private void keys(Block block, OptimizerHint hint, String type) {
    String whole = type + " " + table(hint);
    if (hint.arguments().isEmpty()) {
      add(block, hint, block.take(whole));
      return;
    }
    for (String key : hint.arguments()) {
      boolean fits = !block.has(whole) && block.take(whole + " " + key.toLowerCase(Locale.ROOT));
      OptimizerHint one =
          new OptimizerHint(hint.name(), hint.block(), hint.tables(), List.of(key), null);
      add(block, one, fits);
    }
  }

  /** A list of keys that belong together. */
  private void keyList(Block block, OptimizerHint hint, String type) {
    boolean whole = hint.arguments().isEmpty();
    boolean fits = block.take(type + (whole ? " " : " keys ") + table(hint));
    if (fits && hint.name().equals("INDEX_MERGE") && hint.arguments().size() == 1) {
      note(MySqlError.ER_WARN_INVALID_HINT, HintText.of(hint));
      return;
    }
    add(block, hint, fits);
  }

  /** INDEX holds for joins, groups and orders alike, so it stands against each of the others on the same keys. */
  private void indexes(Block block, OptimizerHint hint, String type) {
    String table = table(hint);
    String self = type + " " + table;
    boolean general = type.equals("INDEX");
    String others = (general ? "special " : "general ") + table;
    String side = (general ? "general " : "special ") + table;
    boolean fits = !block.has(self);
    if (hint.arguments().isEmpty()) {
      fits &= general ? !block.has(others) : !block.has(others + " *");
    }
    for (String key : hint.arguments()) {
      fits &= !block.has(others + " " + key.toLowerCase(Locale.ROOT));
    }
    if (fits) {
      block.take(self);
      block.take(side);
      if (hint.arguments().isEmpty()) {
        block.take(side + " *");
      }
      for (String key : hint.arguments()) {
        block.take(side + " " + key.toLowerCase(Locale.ROOT));
      }
    }
    add(block, hint, fits);
  }

  private static String table(OptimizerHint hint) {
    return hint.tables().getFirst().name();
  }

  private static String type(OptimizerHint hint) {
    return hint.name().startsWith("NO_") ? hint.name().substring(3) : hint.name();
  }

  private void add(Block block, OptimizerHint hint, boolean fits) {
    if (fits) {
      block.hints.add(hint);
    } else {
      note(MySqlError.ER_WARN_CONFLICTING_HINT, HintText.of(hint));
    }
  }

  private void note(MySqlError error, Object... arguments) {
    notices.add(new Notice(error, List.of(arguments)));
  }
}
