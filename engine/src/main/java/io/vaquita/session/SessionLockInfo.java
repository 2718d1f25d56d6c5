package io.vaquita.session;

import io.vaquita.lock.OwnerInfo;
import io.vaquita.transaction.Transaction;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the lock table may know of a session: an object of its own, so that it can be given away while the session is built. Any thread may
 * ask.
 */
final class SessionLockInfo implements OwnerInfo {
  private final EngineSession session;

  SessionLockInfo(EngineSession session) {
    this.session = session;
  }

  @Override
  public String account() {
    return session.account();
  }

  @Override
  public @Nullable String program() {
    Map<String, String> attributes = session.options().attributes();
    String program = attributes.get("program_name");
    return program != null ? program : attributes.get("_client_name");
  }

  @Override
  public @Nullable String statement() {
    return session.statement();
  }

  @Override
  public @Nullable Work work() {
    TransactionScope transactions = session.transactions();
    Transaction transaction = transactions.visible();
    if (transaction == null) {
      return null;
    }
    Transaction.Operation operation = transaction.operation();
    StatementEvent event = session.statements().statement();
    return new Work(
        transactions.number(session.engine().transactionNumbers(), session.id()),
        transactions.visibleStartMicros(),
        operation == null ? null : operation.label(),
        session.options().clientAddress() + " " + session.options().user(),
        session.activity().state(),
        event == null ? 0 : event.number);
  }
}
