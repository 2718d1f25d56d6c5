package io.vaquita.catalog;

import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link DefinitionWriter} wrote. Confined to one thread. */
final class DefinitionReader {
  private final DataInputStream in;

  private DefinitionReader(byte[] bytes, int offset, int length) {
    in = new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
  }

  static Relation relation(byte[] bytes, int offset, int length) {
    DefinitionReader reader = new DefinitionReader(bytes, offset, length);
    try {
      int format = reader.format();
      int kind = reader.in.readByte();
      return switch (kind) {
        case DefinitionWriter.TABLE -> reader.table(format);
        case DefinitionWriter.VIEW -> reader.view();
        default -> throw new IOException("kind " + kind);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  static SchemaDefinition schema(byte[] bytes, int offset, int length) {
    DefinitionReader reader = new DefinitionReader(bytes, offset, length);
    try {
      reader.format();
      return new SchemaDefinition(reader.text(), reader.collation());
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static RuntimeException damaged(Exception cause) {
    return new DatabaseException(
        MySqlError.ER_UNKNOWN_ERROR, "catalog record damaged: " + cause.getMessage());
  }

  private int format() throws IOException {
    int format = in.readByte();
    if (format < DefinitionWriter.FORMAT || format > DefinitionWriter.FORMAT_OUT_OF_ROW) {
      throw new IOException("definition format " + format + " is newer than this program");
    }
    return format;
  }

  private TableDefinition table(int format) throws IOException {
    long id = in.readLong();
    long version = in.readLong();
    String schema = text();
    String name = text();
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      columns.add(column());
    }
    List<IndexDefinition> indexes = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      indexes.add(index());
    }
    List<ForeignKeyDefinition> foreignKeys = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      foreignKeys.add(foreignKey());
    }
    List<CheckDefinition> checks = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      checks.add(new CheckDefinition(text(), text(), in.readBoolean()));
    }
    return new TableDefinition(
        id,
        version,
        schema,
        name,
        columns,
        indexes,
        foreignKeys,
        checks,
        collation(),
        in.readBoolean(),
        in.readLong(),
        text(),
        text(),
        in.readLong(),
        format >= DefinitionWriter.FORMAT_OUT_OF_ROW ? in.readInt() : 0);
  }

  private ColumnDefinition column() throws IOException {
    String name = text();
    int ordinal = in.readInt();
    DataType type = type();
    boolean nullable = in.readBoolean();
    Default defaultValue =
        switch (in.readByte()) {
          case 1 -> new Default.Literal(value());
          case 2 -> new Default.Now();
          case 3 -> new Default.ExpressionText(text());
          default -> new Default.None();
        };
    boolean autoIncrement = in.readBoolean();
    boolean onUpdateNow = in.readBoolean();
    String generatedSql = nullableText();
    boolean stored = in.readBoolean();
    return new ColumnDefinition(
        name,
        ordinal,
        type,
        nullable,
        defaultValue,
        autoIncrement,
        onUpdateNow,
        generatedSql == null ? null : new ColumnDefinition.Generated(generatedSql, stored),
        in.readBoolean(),
        text());
  }

  private IndexDefinition index() throws IOException {
    String name = text();
    int tree = in.readInt();
    boolean primary = in.readBoolean();
    boolean unique = in.readBoolean();
    List<IndexDefinition.Part> parts = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      parts.add(
          new IndexDefinition.Part(in.readInt(), in.readInt(), in.readBoolean(), nullableText()));
    }
    return new IndexDefinition(name, tree, primary, unique, parts, in.readBoolean(), text());
  }

  private ForeignKeyDefinition foreignKey() throws IOException {
    String name = text();
    List<Integer> columns = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      columns.add(in.readInt());
    }
    return new ForeignKeyDefinition(
        name,
        columns,
        text(),
        text(),
        texts(),
        ForeignKeyDefinition.Action.valueOf(text()),
        ForeignKeyDefinition.Action.valueOf(text()));
  }

  private ViewDefinition view() throws IOException {
    return new ViewDefinition(
        in.readLong(),
        in.readLong(),
        text(),
        text(),
        text(),
        texts(),
        text(),
        text(),
        text(),
        text(),
        text(),
        text());
  }

  private DataType type() throws IOException {
    return new DataType(
        TypeKind.valueOf(text()),
        in.readLong(),
        in.readInt(),
        in.readBoolean(),
        in.readBoolean(),
        collation(),
        texts());
  }

  private Value value() throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case 0 -> Value.NullValue.NULL;
      case 1 -> Value.of(in.readLong());
      case 2 -> Value.ofUnsigned(in.readLong());
      case 3 -> Value.of(in.readDouble());
      case 4 -> Value.of(new BigDecimal(text()));
      case 5 -> {
        Collation collation = collation();
        yield new Value.StringValue(Slice.of(blob()), collation);
      }
      case 6 -> new Value.TemporalValue(TypeKind.valueOf(text()), in.readLong(), in.readInt());
      case 7 -> new Value.JsonValue(Slice.of(blob()));
      default -> throw new IOException("value tag " + tag);
    };
  }

  private Collation collation() throws IOException {
    int id = in.readInt();
    Collation collation = Collations.byId(id);
    if (collation == null) {
      throw new IOException("collation " + id);
    }
    return collation;
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      texts.add(text());
    }
    return texts;
  }

  private @Nullable String nullableText() throws IOException {
    return in.readBoolean() ? text() : null;
  }

  private String text() throws IOException {
    return Slice.of(blob()).toUtf8();
  }

  private byte[] blob() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("length " + length);
    }
    return in.readNBytes(length);
  }
}
