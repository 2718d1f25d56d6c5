"""A small web application on SQLAlchemy: GET /N answers N, out of the database.

The engine is made, and used, while the module is loaded: with a prefork server that is before the workers are forked, unless each worker
loads the application itself (uWSGI: lazy-apps)."""
import os

from sqlalchemy import create_engine, text

engine = create_engine(f"mysql+pymysql://root@127.0.0.1:{os.environ['VAQUITA_PORT']}/", pool_size=1, max_overflow=0)
with engine.connect() as connection:
    connection.execute(text("SELECT 'settings read at start'"))


def application(environ, start_response):
    number = int(environ["PATH_INFO"].strip("/") or 0)
    try:
        with engine.connect() as connection:
            answer = connection.execute(text("SELECT :n AS n, SLEEP(0.05) AS s"), {"n": number}).one().n
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(answer).encode()]
    except Exception as error:  # what a framework would log as a traceback
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [f"{type(error).__name__}: {error}".encode()]
