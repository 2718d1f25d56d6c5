package io.vaquita.server;

/** What out-of-order packets usually mean, said where they are logged. Stateless. */
final class SharedConnectionAdvice {
  static final String TEXT =
      " Usually one connection is used by two processes (it was open when the program forked) or by"
          + " two threads at once: open connections after the fork (uWSGI: lazy-apps or a postfork"
          + " hook; Gunicorn: post_fork; Celery: worker_process_init; Puma: on_worker_boot;"
          + " PHP-FPM: no connection in preloaded code; multiprocessing: in the child) and give"
          + " each thread its own. See docs/guide/fork-safety.md.";

  private SharedConnectionAdvice() {}
}
