"""Lists what CPython's asyncio offers: one name a line, behind what it belongs to.

    python3.13 asyncio_names.py > asyncio_names.txt

`asyncio` is what the package exports, `loop` the public methods of the event loop; the rest are attributes of the
objects that asyncio hands out, those included that only an instance has. What a class inherits from another one that
is listed is not repeated.
"""

import asyncio
import inspect
import re
import sys
from asyncio import base_events, subprocess

CLASSES = {
    "StreamReader": asyncio.StreamReader,
    "StreamWriter": asyncio.StreamWriter,
    "Server": base_events.Server,
    "Transport": asyncio.Transport,
    "DatagramTransport": asyncio.DatagramTransport,
    "SubprocessTransport": asyncio.SubprocessTransport,
    "Protocol": asyncio.Protocol,
    "BufferedProtocol": asyncio.BufferedProtocol,
    "DatagramProtocol": asyncio.DatagramProtocol,
    "SubprocessProtocol": asyncio.SubprocessProtocol,
    "Process": subprocess.Process,
    "Future": asyncio.Future,
    "Task": asyncio.Task,
    "Handle": asyncio.Handle,
    "TimerHandle": asyncio.TimerHandle,
    "Runner": asyncio.Runner,
    "TaskGroup": asyncio.TaskGroup,
    "Timeout": asyncio.Timeout,
    "Lock": asyncio.Lock,
    "Event": asyncio.Event,
    "Condition": asyncio.Condition,
    "Semaphore": asyncio.Semaphore,
    "BoundedSemaphore": asyncio.BoundedSemaphore,
    "Barrier": asyncio.Barrier,
    "Queue": asyncio.Queue,
    "subprocess": subprocess,
}


def attributes(of):
    names = {name for name in dir(of) if not name.startswith("_")}
    for base in of.__mro__ if inspect.isclass(of) else ():
        try:
            names |= set(re.findall(r"self\.([a-z]\w*)(?:: [^=\n]+)? = ", inspect.getsource(base)))
        except (OSError, TypeError):
            pass  # written in C
    if inspect.ismodule(of):
        names = {name for name in of.__all__} | {name for name in names if name.isupper()}
    return sorted(names)


def main():
    print(f"# CPython {'.'.join(map(str, sys.version_info[:3]))}")
    for name in sorted(asyncio.__all__):
        print("asyncio", name)
    for name in attributes(asyncio.SelectorEventLoop):
        print("loop", name)
    for owner, of in CLASSES.items():
        inherited = {
            name
            for base in CLASSES.values()
            if inspect.isclass(of) and inspect.isclass(base) and base is not of and issubclass(of, base)
            for name in attributes(base)
        }
        for name in attributes(of):
            if name not in inherited:
                print(owner, name)


if __name__ == "__main__":
    main()
