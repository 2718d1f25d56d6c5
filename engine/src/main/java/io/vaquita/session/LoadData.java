package io.vaquita.session;

import io.vaquita.ClientFiles;
import io.vaquita.Result;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.LoadExecution;
import io.vaquita.executor.LoadSource;
import io.vaquita.executor.LoadSource.Target;
import io.vaquita.executor.file.FieldFormat;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.DataStatement.LoadDataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.planner.physical.Plan;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one LOAD DATA. Confined to the session's thread.
 *
 * <p>The statement is planned as the INSERT that it stands for: one row of values, parameters in place of fields, with the assignments
 * of SET as those of ON DUPLICATE KEY UPDATE. {@link LoadExecution} says what becomes of them.
 */
final class LoadData {
  private static final Set<String> WITHOUT_ASCII = Set.of("ucs2", "utf16", "utf16le", "utf32");

  private final EngineSession session;
  private final LoadDataStatement statement;

  /** The columns that fields go to, each once. */
  private final List<ColumnReference> columns = new ArrayList<>();

  private final List<ExpressionSyntax> values = new ArrayList<>();

  LoadData(EngineSession session, LoadDataStatement statement) {
    this.session = session;
    this.statement = statement;
  }

  Result run() {
    if (statement.local()) {
      clientFiles();
    }
    FieldFormat format = format();
    Relation relation = relation();
    List<ExpressionSyntax> fields = fields(relation);
    for (ExpressionSyntax field : fields) {
      if (field instanceof ColumnReference column && !isGenerated(relation, column)) {
        add(column);
      }
    }
    setVariables(fields, format.characterSet());
    Plan.InsertPlan plan = plan(relation, format.characterSet());
    LoadTargets targets = new LoadTargets(relation, columns, plan);
    session.transactions().checkWritable();
    Transaction transaction = session.transactions().forStatement();
    transaction.beginStatement();
    session.runner().changesBeginAt(transaction.savepoint());
    session.setState("executing");
    session.context().changesData(plan.ignore());
    try (InputStream in = open()) {
      LoadSource source =
          new LoadSource(
              in,
              statement.file(),
              format,
              statement.ignoreLines(),
              fields.stream().map(targets::of).toList(),
              session.variables().getLong("max_allowed_packet"));
      return session
          .runner()
          .data()
          .changed(
              LoadExecution.run(
                  plan,
                  source,
                  new Value[values.size()],
                  session
                      .runner()
                      .data()
                      .executionContext(transaction, session.engine().catalog().snapshot())));
    } catch (IOException e) {
      throw MySqlError.EE_READ.exception(statement.file(), 5, String.valueOf(e.getMessage()));
    }
  }

  /** Ordinals of the columns that fields go to. */
  private record LoadTargets(
      Relation relation, List<ColumnReference> columns, Plan.InsertPlan plan) {
    Target of(ExpressionSyntax field) {
      return switch (field) {
        case ColumnReference column -> new Target.Column(ordinal(column));
        case ExpressionSyntax.UserVariable variable -> new Target.Variable(variable.name());
        default -> throw new IllegalStateException("no target of a field: " + field);
      };
    }

    private int ordinal(ColumnReference column) {
      ColumnDefinition generated = generated(relation, column);
      return generated != null
          ? generated.ordinal()
          : plan.columns().get(position(columns, column));
    }
  }

  private FieldFormat format() {
    CharacterSet usual =
        Objects.requireNonNullElse(
            CharacterSets.byName(session.variable("character_set_database")), CharacterSet.UTF8MB4);
    FieldFormat format = FileFormats.bind(statement.format(), usual, session.diagnostics());
    if (WITHOUT_ASCII.contains(format.characterSet().name())) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
          "LOAD DATA from a file in " + format.characterSet().name());
    }
    return format;
  }

  private Relation relation() {
    String schema = statement.table().schema();
    schema = schema == null ? session.currentSchema() : schema;
    if (schema == null) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    String name = statement.table().name();
    TableDefinition temporary = session.temporaryTables().find(schema, name);
    Relation found = temporary != null ? temporary : session.metadata().relation(schema, name);
    if (found == null && session.engine().catalog().snapshot().schema(schema) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
    }
    if (found == null) {
      throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name);
    }
    return found;
  }

  /** Without a list: all columns that are not invisible. */
  private List<ExpressionSyntax> fields(Relation relation) {
    if (!statement.targets().isEmpty()) {
      return statement.targets();
    }
    List<ExpressionSyntax> fields = new ArrayList<>();
    switch (relation) {
      case TableDefinition table -> {
        for (ColumnDefinition column : table.columns()) {
          if (!column.invisible()) {
            fields.add(new ColumnReference(null, null, column.name()));
          }
        }
      }
      case ViewDefinition view ->
          view.columnNames().forEach(n -> fields.add(new ColumnReference(null, null, n)));
      case io.vaquita.catalog.VirtualTable virtual ->
          throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
              session.options().user(), session.options().host(), virtual.schema());
    }
    return fields;
  }

  private void add(ColumnReference column) {
    if (position(columns, column) < 0) {
      columns.add(column);
      values.add(new ExpressionSyntax.Parameter(values.size()));
    }
  }

  private static int position(List<ColumnReference> columns, ColumnReference column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).column().equalsIgnoreCase(column.column())) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isGenerated(Relation relation, ColumnReference column) {
    return generated(relation, column) != null;
  }

  /** A generated column may be named; what is read for it is converted, and then computed over. */
  private static @Nullable ColumnDefinition generated(Relation relation, ColumnReference column) {
    if (relation instanceof TableDefinition table) {
      for (ColumnDefinition c : table.columns()) {
        if (c.generated() != null && c.name().equalsIgnoreCase(column.column())) {
          return c;
        }
      }
    }
    return null;
  }

  /** Variables that fields go to are strings from now on: the expressions of SET are bound with that type. */
  private void setVariables(List<ExpressionSyntax> fields, CharacterSet set) {
    for (ExpressionSyntax field : fields) {
      if (field instanceof ExpressionSyntax.UserVariable variable) {
        session
            .userVariables()
            .set(variable.name(), new Value.StringValue(Slice.EMPTY, Collations.defaultFor(set)));
      }
    }
  }

  private Plan.InsertPlan plan(Relation relation, CharacterSet set) {
    boolean isReplace = "REPLACE".equals(statement.onDuplicate());
    // a client that is sending its file cannot be stopped in the middle: LOCAL means IGNORE
    boolean isIgnore =
        "IGNORE".equals(statement.onDuplicate())
            || statement.local() && statement.onDuplicate() == null;
    DataStatement insert =
        new DataStatement.InsertStatement(
            HintedBlock.NONE,
            isReplace,
            isIgnore,
            null,
            statement.table(),
            statement.partitions(),
            columns,
            List.of(values),
            null,
            null,
            List.of(),
            statement.assignments().stream()
                .filter(a -> !isGenerated(relation, a.column()))
                .toList());
    Value[] texts = new Value[values.size()];
    Arrays.fill(texts, new Value.StringValue(Slice.EMPTY, Collations.defaultFor(set)));
    try {
      return (Plan.InsertPlan) session.runner().data().planLocked(insert, texts);
    } catch (DatabaseException e) {
      throw e.is(MySqlError.ER_NON_INSERTABLE_TABLE)
          ? MySqlError.ER_NON_UPDATABLE_TABLE.exception(statement.table().name(), "LOAD")
          : e;
    }
  }

  private ClientFiles clientFiles() {
    ClientFiles files = session.clientFiles();
    if (files == null || session.engine().globals().getLong("local_infile") == 0) {
      throw MySqlError.ER_CLIENT_LOCAL_FILES_DISABLED.exception();
    }
    return files;
  }

  private InputStream open() throws IOException {
    if (statement.local()) {
      return clientFiles().open(statement.file());
    }
    ServerFiles files = new ServerFiles(session.engine());
    return files.read(files.place(statement.file(), session.currentSchema()));
  }
}
