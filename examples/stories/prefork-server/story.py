"""Starts uWSGI with four workers and asks it ten things at once, up to twenty times. Arguments: port, "shared" or "lazy".

Waits for a line on standard input before it asks, and before it stops uWSGI, so that one can look at the server meanwhile.
"""
import concurrent.futures
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(port, http, lazy):
    command = ["uwsgi", "--plugins", "http,python3", "--http-socket", f"127.0.0.1:{http}", "--master", "--processes", "4",
               "--wsgi-file", os.path.join(HERE, "application.py"), "--disable-logging", "--die-on-term", "--need-app"]
    environment = dict(os.environ, VAQUITA_PORT=str(port), PYTHONDONTWRITEBYTECODE="1")
    server = subprocess.Popen(command + (["--lazy-apps"] if lazy else []), env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", http)).close()
            return server
        except OSError:
            if server.poll() is not None:
                sys.exit("uwsgi did not start")
            time.sleep(0.1)
    sys.exit("uwsgi does not listen")


def ask(http, number):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{http}/{number}", timeout=20) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError as error:
        return f"no answer: {error}"


def main(port, lazy):
    http = free_port()
    server = start(port, http, lazy)
    print("four workers are up", flush=True)
    sys.stdin.readline()
    right, wrong, failed = 0, [], []
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        for attempt in range(20 if not lazy else 3):
            numbers = range(attempt * 10, attempt * 10 + 10)
            for number, answer in zip(numbers, pool.map(lambda n: ask(http, n), numbers)):
                if answer == str(number):
                    right += 1
                elif answer.isdigit():
                    wrong.append((number, answer))
                else:
                    failed.append(answer)
            if wrong or failed:
                break
    print(f"right answers: {right}, answers to other requests: {len(wrong)}, errors: {len(failed)}", flush=True)
    for number, answer in wrong[:3]:
        print(f"  asked for {number} and got {answer}", flush=True)
    for answer in failed[:3]:
        print("  " + answer.splitlines()[0][:150], flush=True)
    sys.stdin.readline()
    server.terminate()
    server.wait()


main(int(sys.argv[1]), sys.argv[2] == "lazy")
