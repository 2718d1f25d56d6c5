package io.vaquita.catalog;

import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns definitions into the bytes under which the catalog tree keeps them; {@link DefinitionReader} is its mirror. Every record
 * begins with its format, so that a later version can read what an earlier one wrote, and an earlier one refuses what it does not know.
 * Confined to one thread.
 */
final class DefinitionWriter {
  static final int FORMAT = 1;

  /** Of a table some of whose columns may stand outside of its rows: the number of their tree follows at the end. */
  static final int FORMAT_OUT_OF_ROW = 2;

  static final int TABLE = 1;
  static final int VIEW = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final DataOutputStream out = new DataOutputStream(bytes);

  private DefinitionWriter() {}

  static byte[] write(Relation relation) {
    DefinitionWriter writer = new DefinitionWriter();
    try {
      boolean hasOutOfRow = relation instanceof TableDefinition t && t.outOfRowTree() != 0;
      writer.out.writeByte(hasOutOfRow ? FORMAT_OUT_OF_ROW : FORMAT);
      switch (relation) {
        case TableDefinition table -> writer.table(table);
        case ViewDefinition view -> writer.view(view);
        case VirtualTable v -> throw new IllegalArgumentException("virtual: " + v.name());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.bytes.toByteArray();
  }

  static byte[] write(SchemaDefinition schema) {
    DefinitionWriter writer = new DefinitionWriter();
    try {
      writer.out.writeByte(FORMAT);
      writer.text(schema.name());
      writer.out.writeInt(schema.collation().id());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.bytes.toByteArray();
  }

  private void table(TableDefinition table) throws IOException {
    out.writeByte(TABLE);
    out.writeLong(table.id());
    out.writeLong(table.version());
    text(table.schema());
    text(table.name());
    out.writeInt(table.columns().size());
    for (ColumnDefinition column : table.columns()) {
      column(column);
    }
    out.writeInt(table.indexes().size());
    for (IndexDefinition index : table.indexes()) {
      index(index);
    }
    out.writeInt(table.foreignKeys().size());
    for (ForeignKeyDefinition key : table.foreignKeys()) {
      foreignKey(key);
    }
    out.writeInt(table.checks().size());
    for (CheckDefinition check : table.checks()) {
      text(check.name());
      text(check.sql());
      out.writeBoolean(check.enforced());
    }
    out.writeInt(table.collation().id());
    out.writeBoolean(table.temporary());
    out.writeLong(table.autoIncrementStart());
    text(table.comment());
    text(table.createOptions());
    out.writeLong(table.createdMicros());
    if (table.outOfRowTree() != 0) {
      out.writeInt(table.outOfRowTree());
    }
  }

  private void column(ColumnDefinition column) throws IOException {
    text(column.name());
    out.writeInt(column.ordinal());
    type(column.type());
    out.writeBoolean(column.nullable());
    switch (column.defaultValue()) {
      case Default.None none -> out.writeByte(0);
      case Default.Literal literal -> {
        out.writeByte(1);
        value(literal.value());
      }
      case Default.Now now -> out.writeByte(2);
      case Default.ExpressionText expression -> {
        out.writeByte(3);
        text(expression.sql());
      }
    }
    out.writeBoolean(column.autoIncrement());
    out.writeBoolean(column.onUpdateNow());
    ColumnDefinition.Generated generated = column.generated();
    nullableText(generated == null ? null : generated.sql());
    out.writeBoolean(generated != null && generated.stored());
    out.writeBoolean(column.invisible());
    text(column.comment());
  }

  private void index(IndexDefinition index) throws IOException {
    text(index.name());
    out.writeInt(index.tree());
    out.writeBoolean(index.primary());
    out.writeBoolean(index.unique());
    out.writeInt(index.parts().size());
    for (IndexDefinition.Part part : index.parts()) {
      out.writeInt(part.column());
      out.writeInt(part.prefixLength());
      out.writeBoolean(part.descending());
      nullableText(part.expression());
    }
    out.writeBoolean(index.visible());
    text(index.comment());
  }

  private void foreignKey(ForeignKeyDefinition key) throws IOException {
    text(key.name());
    out.writeInt(key.columns().size());
    for (int column : key.columns()) {
      out.writeInt(column);
    }
    text(key.parentSchema());
    text(key.parentTable());
    texts(key.parentColumns());
    text(key.onDelete().name());
    text(key.onUpdate().name());
  }

  private void view(ViewDefinition view) throws IOException {
    out.writeByte(VIEW);
    out.writeLong(view.id());
    out.writeLong(view.version());
    text(view.schema());
    text(view.name());
    text(view.sql());
    texts(view.columnNames());
    text(view.algorithm());
    text(view.definer());
    text(view.securityType());
    text(view.checkOption());
    text(view.characterSetClient());
    text(view.collationConnection());
  }

  private void type(DataType type) throws IOException {
    text(type.kind().name());
    out.writeLong(type.length());
    out.writeInt(type.decimals());
    out.writeBoolean(type.unsigned());
    out.writeBoolean(type.zerofill());
    out.writeInt(type.collation().id());
    texts(type.members());
  }

  private void value(Value value) throws IOException {
    switch (value) {
      case Value.NullValue n -> out.writeByte(0);
      case Value.LongValue l -> {
        out.writeByte(l.unsigned() ? 2 : 1);
        out.writeLong(l.value());
      }
      case Value.DoubleValue d -> {
        out.writeByte(3);
        out.writeDouble(d.value());
      }
      case Value.DecimalValue d -> {
        out.writeByte(4);
        text(d.value().toPlainString());
      }
      case Value.StringValue s -> {
        out.writeByte(5);
        out.writeInt(s.collation().id());
        blob(s.bytes());
      }
      case Value.TemporalValue t -> {
        out.writeByte(6);
        text(t.kind().name());
        out.writeLong(t.packed());
        out.writeInt(t.decimals());
      }
      case Value.JsonValue j -> {
        out.writeByte(7);
        blob(j.binary());
      }
    }
  }

  private void texts(List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      text(text);
    }
  }

  private void nullableText(@Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      text(text);
    }
  }

  private void text(String text) throws IOException {
    blob(Slice.utf8(text));
  }

  private void blob(Slice slice) throws IOException {
    out.writeInt(slice.length());
    out.write(slice.array(), slice.offset(), slice.length());
  }
}
