#!/usr/bin/env python3
"""Holds many connections to a MySQL server, a quarter of which misbehave, until its standard input ends.

    bench/misbehaving.py PORT [COUNT [PAUSE]]        10000 connections and 10 seconds when not given

Misbehaving connections do, in turn: begin a login and stop; send half a packet; ask for a big result and not read it; send bytes that are no
packets; vanish with a reset; each is replaced PAUSE seconds after the server or it has ended it. The others are idle after their login.
See bench/misbehaving for the measurement that this is part of.
"""
import asyncio
import os
import resource
import socket
import struct
import sys
import time

KINDS = ("stalled login", "half packet", "stuck reader", "noise", "reset")


def login_packet():
    capabilities = 0x00000001 | 0x00000200 | 0x00008000 | 0x00080000
    body = struct.pack("<IIB", capabilities, 1 << 24, 45) + bytes(23) + b"root\0" + b"\0" + b"caching_sha2_password\0"
    return struct.pack("<I", len(body))[:3] + b"\x01" + body


def command(text):
    body = b"\x03" + text
    return struct.pack("<I", len(body))[:3] + b"\0" + body


async def packet(reader):
    header = await reader.readexactly(4)
    return await reader.readexactly(int.from_bytes(header[:3], "little"))


async def connect(port, kind):
    client = socket.socket()
    client.setblocking(False)
    if kind == "stuck reader":
        # so that it is its result that waits, not the machine's memory that takes it: a window on loopback may grow to tens of megabytes
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    try:
        await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
    except OSError:
        client.close()
        raise
    reader, writer = await asyncio.open_connection(sock=client, limit=65536)
    await packet(reader)
    if kind == "stalled login":
        return reader, writer
    writer.write(login_packet())
    while True:
        answer = await packet(reader)
        if answer[0] == 0:
            return reader, writer
        if answer[0] == 0xFF:
            raise OSError(answer[9:].decode(errors="replace"))


async def one(port, kind, counts):
    try:
        reader, writer = await connect(port, kind)
    except (OSError, asyncio.IncompleteReadError):
        counts["refused"] += 1
        await asyncio.sleep(0.2)
        return
    counts[kind] = counts.get(kind, 0) + 1
    try:
        if kind == "idle":
            await reader.read()
        elif kind == "stalled login":
            await reader.read()
        elif kind == "half packet":
            writer.write(command(b"SELECT 1")[:7])
            await reader.read()
        elif kind == "stuck reader":
            writer.transport.pause_reading()
            writer.write(command(b"WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000) "
                                 b"SELECT REPEAT('x', 10000) FROM r AS a JOIN r AS b"))
            await asyncio.sleep(5)
            writer.transport.resume_reading()
            while await reader.read(65536):
                pass
        elif kind == "noise":
            writer.write(os.urandom(200))
            await reader.read()
        else:
            await asyncio.sleep(1)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass
    finally:
        writer.close()


async def keep(port, kind, counts, pause):
    while True:
        await one(port, kind, counts)
        await asyncio.sleep(pause)


async def main(port, count=10000, pause=10):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 1000), hard))
    counts = {"refused": 0}
    start = time.monotonic()
    tasks = []
    for i in range(count):
        kind = KINDS[i // 4 % len(KINDS)] if i % 4 == 0 else "idle"
        tasks.append(asyncio.create_task(keep(port, kind, counts, pause)))
        if i % 50 == 49:
            await asyncio.sleep(0.05)
    misbehaving = (count + 3) // 4
    while counts.get("idle", 0) < count - misbehaving:
        await asyncio.sleep(0.1)
    print(f"{count} connections, {misbehaving} of them misbehaving", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    bad = sum(n for kind, n in counts.items() if kind != "idle")
    print("opened:", ", ".join(f"{kind} {n}" for kind, n in sorted(counts.items())),
          f"({bad / (time.monotonic() - start):.0f} that misbehave a second)", flush=True)
    os._exit(0)


asyncio.run(main(*(int(argument) for argument in sys.argv[1:])))
