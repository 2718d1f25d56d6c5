package io.vaquita.executor.file;

import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;

/** The bytes that a column takes in a file of fixed widths: its display width. Stateless. */
public final class FieldWidths {
  private FieldWidths() {}

  public static long of(DataType type) {
    int characterBytes =
        type.domain() == TypeKind.Domain.STRING && !type.isBinaryString()
            ? type.collation().characterSet().bytesPerCharacterMax()
            : 1;
    return switch (type.kind()) {
      case NULL -> 0;
      case DECIMAL -> type.length() + (type.decimals() > 0 ? 1 : 0) + (type.unsigned() ? 0 : 1);
      case ENUM ->
          (long) characterBytes
              * type.members().stream()
                  .mapToInt(m -> m.codePointCount(0, m.length()))
                  .max()
                  .orElse(0);
      case SET ->
          (long) characterBytes
              * (type.members().stream().mapToInt(m -> m.codePointCount(0, m.length())).sum()
                  + Math.max(0, type.members().size() - 1));
      default -> type.length() * characterBytes;
    };
  }
}
