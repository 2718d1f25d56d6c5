package io.vaquita.lock;

import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.LockTarget.RecordTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs lock commands of named owners, each on a thread of its own, and answers with text. Confined to the test's thread. A command
 * that blocks stays pending; pending ones that ended are reported after each command. Time moves only by {@code advance}.
 */
final class LockScript implements AutoCloseable {
  private static final long NO_ANSWER_MILLIS = 30_000;

  private final ScriptEnvironment environment = new ScriptEnvironment();
  private final LockTable table = new LockTable(environment);
  private final Map<String, Participant> participants = new TreeMap<>();
  private final TreeSet<String> keys = new TreeSet<>();

  private static final class Participant {
    final LockOwner owner;
    final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    @Nullable CompletableFuture<String> pending;
    int mark;

    Participant(LockOwner owner) {
      this.owner = owner;
    }
  }

  /** The answer to one line, each part of it a line. */
  String run(String line) {
    String[] words = line.trim().split("\\s+");
    List<String> args = Arrays.asList(words).subList(1, words.length);
    return switch (words[0]) {
      case "locks" -> locks();
      case "deadlocks" -> deadlocks();
      case "keys" -> {
        keys.clear();
        keys.addAll(args);
        yield "";
      }
      case "advance" -> {
        environment.advanceMillis(Long.parseLong(args.get(0)));
        table.checkDeadlines();
        yield "";
      }
      case "await" -> await(args.get(0));
      case "interrupt" -> {
        Interruption why = Interruption.valueOf(args.get(1).toUpperCase(Locale.ROOT));
        participant(args.get(0)).owner.interrupt(why);
        yield "";
      }
      default -> command(words[0].replace(":", ""), args) + ended();
    };
  }

  private Participant participant(String name) {
    return participants.computeIfAbsent(
        name, n -> new Participant(table.newOwner(participants.size() + 1, OwnerInfo.internal(n))));
  }

  private String command(String name, List<String> args) {
    Participant p = participant(name);
    if (p.pending != null) {
      return name + " is still blocked\n";
    }
    CompletableFuture<String> running =
        CompletableFuture.supplyAsync(() -> answer(p, args), p.thread);
    running.whenComplete((answer, error) -> table.nudgeWatchers());
    if (table.awaitBlocked(p.owner, running::isDone, NO_ANSWER_MILLIS)) {
      p.pending = running;
      return "blocked by " + blockers(p.owner) + "\n";
    }
    return running.join() + "\n";
  }

  private String answer(Participant p, List<String> args) {
    try {
      return act(p, args.get(0), args.subList(1, args.size()));
    } catch (DatabaseException e) {
      return "error " + e.number();
    }
  }

  private String blockers(LockOwner owner) {
    WaitEntry wait = owner.waitEntry();
    if (wait == null) {
      throw new IllegalStateException("not blocked");
    }
    return String.join(", ", wait.blocking().stream().map(LockScript::text).sorted().toList());
  }

  private String ended() {
    StringBuilder text = new StringBuilder();
    for (String name : participants.keySet()) {
      Participant p = participant(name);
      if (p.pending != null && !p.owner.isBlocked()) {
        text.append(await(name));
      }
    }
    return text.toString();
  }

  private String await(String name) {
    Participant p = participant(name);
    if (p.pending == null) {
      throw new IllegalArgumentException(name + " is not blocked");
    }
    String answer = p.pending.join();
    p.pending = null;
    return name + ": " + answer + "\n";
  }

  private String act(Participant p, String verb, List<String> args) {
    LockOwner owner = p.owner;
    LongSupplier timeout = () -> 50_000;
    switch (verb) {
      case "record" -> {
        WaitPolicy policy = args.size() > 2 ? WaitPolicy.TRY : WaitPolicy.WAIT;
        LockMode mode = mode(args.get(1));
        return owner.records().acquire(17, key(args.get(0)), mode, policy, timeout)
            ? "granted"
            : "not to be had";
      }
      case "insert" ->
          owner.records().acquireInsert(17, bytes(args.get(0)), k -> key(atOrAfter(k)), timeout);
      case "unlock" -> owner.records().release(17, bytes(args.get(0)));
      case "table" -> owner.acquireTable(1, LockMode.valueOf("TABLE_" + args.get(0)), timeout);
      case "mdl" ->
          owner.acquireMetadata(
              name(args.get(0)),
              mode(args.get(1)),
              args.size() > 2
                  ? LockDuration.valueOf(args.get(2).toUpperCase(Locale.ROOT))
                  : LockDuration.TRANSACTION,
              () -> args.size() > 3 ? Long.parseLong(args.get(3)) : 50_000);
      case "upgrade" ->
          owner.upgradeMetadata(name(args.get(0)), mode(args.get(1)), mode(args.get(2)), timeout);
      case "downgrade" ->
          owner.downgradeMetadata(name(args.get(0)), mode(args.get(1)), mode(args.get(2)));
      case "mark" -> p.mark = owner.metadataMark();
      case "back" -> owner.releaseMetadataSince(p.mark);
      case "getlock" -> {
        return owner.userLocks().acquire(args.get(0), Long.parseLong(args.get(1))) ? "1" : "0";
      }
      case "releaselock" -> {
        return String.valueOf(owner.userLocks().release(args.get(0)));
      }
      case "releaseall" -> {
        return String.valueOf(owner.userLocks().releaseAll());
      }
      case "usedlock" -> {
        return String.valueOf(owner.userLocks().holder(args.get(0)));
      }
      case "wrote" -> owner.rowsWritten(Long.parseLong(args.get(0)));
      case "delete" -> {
        owner.records().beginEnd();
        owner.records().inheritGaps(17, bytes(args.get(0)), key(args.get(1)));
      }
      case "inserts" -> {
        byte[] found = owner.records().uncommittedInsert(17, key(args.get(0)), key(args.get(1)));
        return found == null ? "none" : new String(found, StandardCharsets.UTF_8);
      }
      case "statement" -> {
        owner.releaseStatement();
        owner.beginStatement();
      }
      case "commit" -> owner.releaseTransaction();
      case "unlocktables" -> owner.releaseExplicit();
      case "close" -> owner.releaseAll();
      default -> throw new IllegalArgumentException(verb);
    }
    return verb.equals("commit") || verb.equals("close") ? "done" : "ok";
  }

  private String atOrAfter(byte[] key) {
    String found = keys.ceiling(new String(key, StandardCharsets.UTF_8));
    return found == null ? "-" : found;
  }

  private static byte @Nullable [] key(String word) {
    return word.equals("-") ? null : bytes(word);
  }

  private static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }

  private static MetadataTarget name(String word) {
    return switch (word) {
      case "global" -> MetadataTarget.GLOBAL;
      case "commit" -> MetadataTarget.COMMIT;
      case "backup" -> MetadataTarget.BACKUP;
      default ->
          word.startsWith("schema.")
              ? MetadataTarget.schema(word.substring(7))
              : MetadataTarget.table("test", word);
    };
  }

  static LockMode mode(String word) {
    return switch (word) {
      case "S" -> LockMode.S_NEXT_KEY;
      case "X" -> LockMode.X_NEXT_KEY;
      case "S,REC" -> LockMode.S_RECORD;
      case "X,REC" -> LockMode.X_RECORD;
      case "S,GAP" -> LockMode.S_GAP;
      case "X,GAP" -> LockMode.X_GAP;
      case "II" -> LockMode.INSERT_INTENTION;
      default -> LockMode.valueOf(word);
    };
  }

  private static String text(LockEntry entry) {
    String target =
        entry.target() instanceof RecordTarget record
            ? record.key() == null ? "supremum" : new String(record.key(), StandardCharsets.UTF_8)
            : entry.target().toString();
    String how = entry.granted() ? entry.implicit() ? " (implicit)" : "" : " (waiting)";
    return entry.owner().info().account() + " " + entry.modeLabel() + " on " + target + how;
  }

  private String locks() {
    StringBuilder text = new StringBuilder();
    table.locks().stream().map(LockScript::text).sorted().forEach(t -> text.append(t).append('\n'));
    return text.isEmpty() ? "none\n" : text.toString();
  }

  private String deadlocks() {
    StringBuilder text = new StringBuilder();
    for (Deadlock deadlock : table.deadlocks()) {
      List<String> steps = new ArrayList<>();
      for (Deadlock.Participant p : deadlock.participants()) {
        steps.add(
            "["
                + p.account()
                + " wants "
                + text(p.waitsFor()).split(" ", 2)[1].replace(" (waiting)", "")
                + "; in the way: "
                + text(p.blockedBy())
                + "]");
      }
      text.append(String.join(" ", steps));
      text.append(" victim ").append(deadlock.victimParticipant().account()).append('\n');
    }
    return text.isEmpty() ? "none\n" : text.toString();
  }

  @Override
  public void close() {
    participants.values().forEach(p -> p.owner.interrupt(Interruption.KILL_CONNECTION));
    participants.values().forEach(p -> p.thread.shutdown());
  }
}
