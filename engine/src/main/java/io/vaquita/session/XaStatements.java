package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.TransactionStatement.Xa;
import io.vaquita.parser.syntax.TransactionStatement.XaAction;
import io.vaquita.transaction.XaBranch;
import io.vaquita.transaction.Xid;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs XA START, END, PREPARE, COMMIT, ROLLBACK and RECOVER. Confined to the session's thread. */
final class XaStatements {
  private static final List<String> RECOVER_COLUMNS =
      List.of("formatID", "gtrid_length", "bqual_length", "data");

  private final EngineSession session;

  XaStatements(EngineSession session) {
    this.session = session;
  }

  Result run(Xa statement) {
    if (statement.action() == XaAction.RECOVER) {
      return recover(statement.option() != null);
    }
    run(statement.action(), xid(statement), statement.option());
    return session.runner().ok();
  }

  private static Xid xid(Xa statement) {
    var id = statement.id();
    if (id == null) {
      throw MySqlError.ER_XAER_INVAL.exception();
    }
    return new Xid(id.globalId(), id.branch(), id.format());
  }

  private void run(XaAction action, Xid xid, @Nullable String option) {
    TransactionScope scope = session.transactions();
    XaBranch branch = scope.branch();
    boolean onePhase = "ONE PHASE".equals(option);
    if (option != null && !(onePhase && action == XaAction.COMMIT)) {
      throw MySqlError.ER_XAER_INVAL.exception();
    }
    switch (action) {
      case START -> scope.beginBranch(xid);
      case END -> branch.end(xid);
      case PREPARE -> {
        if (branch.isIdle(xid)) {
          scope.endBranch(false, () -> branch.prepare(xid));
        } else {
          branch.prepare(xid);
        }
      }
      case COMMIT -> {
        checkOutside(branch);
        if (onePhase && branch.isIdle(xid)) {
          scope.endBranch(true, () -> branch.commit(xid, true));
        } else {
          announced(branch, xid, () -> branch.commit(xid, onePhase));
        }
      }
      case ROLLBACK -> {
        checkOutside(branch);
        announced(branch, xid, () -> branch.rollback(xid));
      }
      case RECOVER -> throw new IllegalStateException("RECOVER has no XID");
    }
    if (action != XaAction.START && branch.state() == XaBranch.State.NON_EXISTING) {
      scope.branchEnded();
    }
  }

  /** The end of a prepared branch waits for FLUSH TABLES WITH READ LOCK; one that is not there is told at once. */
  private void announced(XaBranch branch, Xid xid, Runnable end) {
    if (branch.isKnown(xid)) {
      session.transactions().announced(end);
    } else {
      end.run();
    }
  }

  /** A prepared branch is not finished from within an ordinary transaction. */
  private void checkOutside(XaBranch branch) {
    if (branch.state() == XaBranch.State.NON_EXISTING && session.transactions().isOpen()) {
      throw MySqlError.ER_XAER_RMFAIL.exception("ACTIVE");
    }
  }

  private Result recover(boolean asHex) {
    List<Value[]> rows = new ArrayList<>();
    for (Xid xid : session.engine().transactions().prepared().prepared()) {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(xid.globalId());
      data.writeBytes(xid.branch());
      byte[] shown = data.toByteArray();
      if (asHex) {
        String hex = "0x" + HexFormat.of().formatHex(shown).toUpperCase(Locale.ROOT);
        shown = hex.getBytes(StandardCharsets.US_ASCII);
      }
      rows.add(
          new Value[] {
            Value.of(xid.format()),
            Value.of(xid.globalId().length),
            Value.of(xid.branch().length),
            Value.ofBytes(shown)
          });
    }
    return new ListResult(
        session,
        RECOVER_COLUMNS,
        List.of(DataType.BIGINT, DataType.BIGINT, DataType.BIGINT, DataType.varbinary(258)),
        rows);
  }
}
