package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.value.Collations;
import java.util.List;

/** Evaluates a list of expressions into one comparable key. Immutable. */
final class KeyMaker {
  private final Expression[] expressions;
  private final KeyForm[] forms;
  private final boolean[] descending;

  private KeyMaker(Expression[] expressions, KeyForm[] forms, boolean[] descending) {
    this.expressions = expressions;
    this.forms = forms;
    this.descending = descending;
  }

  /** For grouping and removing duplicates: the values' own equality. */
  static KeyMaker ofValues(List<Expression> expressions) {
    KeyForm[] forms = new KeyForm[expressions.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = KeyForm.of(expressions.get(i).type());
    }
    return new KeyMaker(expressions.toArray(new Expression[0]), forms, new boolean[forms.length]);
  }

  /** For remembering results by their operands: strings are the same only byte by byte. */
  static KeyMaker ofExactValues(List<Expression> expressions) {
    KeyForm[] forms = new KeyForm[expressions.size()];
    for (int i = 0; i < forms.length; i++) {
      KeyForm form = KeyForm.of(expressions.get(i).type());
      forms[i] = form instanceof KeyForm.Strings ? new KeyForm.Strings(Collations.BINARY) : form;
    }
    return new KeyMaker(expressions.toArray(new Expression[0]), forms, new boolean[forms.length]);
  }

  static KeyMaker ofSortKeys(List<SortKey> keys) {
    Expression[] expressions = new Expression[keys.size()];
    KeyForm[] forms = new KeyForm[expressions.length];
    boolean[] descending = new boolean[expressions.length];
    for (int i = 0; i < expressions.length; i++) {
      expressions[i] = keys.get(i).expression();
      forms[i] = KeyForm.of(expressions[i].type());
      descending[i] = keys.get(i).descending();
    }
    return new KeyMaker(expressions, forms, descending);
  }

  /** One side of a comparison by {@code =} with {@code others}. */
  static KeyMaker ofComparison(
      List<Expression> own, List<Expression> left, List<Expression> right) {
    KeyForm[] forms = new KeyForm[own.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = KeyForm.ofComparison(left.get(i).type(), right.get(i).type());
    }
    return new KeyMaker(own.toArray(new Expression[0]), forms, new boolean[forms.length]);
  }

  int partCount() {
    return forms.length;
  }

  /** Writes the key of the frame's rows; false when a part is NULL. */
  boolean write(Frame frame, KeyBuffer out) {
    out.clear();
    boolean complete = true;
    for (int i = 0; i < forms.length; i++) {
      int from = out.length;
      complete &= forms[i].write(expressions[i], frame, out);
      if (descending[i]) {
        out.invert(from);
      }
    }
    return complete;
  }

  /** Writes one part alone; false when it is NULL. */
  boolean writePart(int part, Frame frame, KeyBuffer out) {
    out.clear();
    return forms[part].write(expressions[part], frame, out);
  }
}
