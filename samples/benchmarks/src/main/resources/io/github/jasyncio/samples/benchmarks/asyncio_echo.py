"""An echo server with CPython's asyncio, which speaks with whoever started it as EchoServer does."""

import asyncio
import ssl
import sys
import threading
import time


class Echoing(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


def answer(loop, end):
    for _ in sys.stdin:
        print(time.process_time_ns(), flush=True)
    loop.call_soon_threadsafe(end.set)


async def main():
    tls = None
    if len(sys.argv) > 1:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[1])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echoing, "127.0.0.1", 0, ssl=tls, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    end = asyncio.Event()
    threading.Thread(target=answer, args=(loop, end), daemon=True).start()
    await end.wait()


asyncio.run(main())
