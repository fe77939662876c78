"""The facts of many files: read where they stand, in as many processes as pay for themselves."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import msgspec

from auditor.extract import extract
from auditor.model.facts import Dialect, FileFacts, Problem
from auditor.model.inventory import SourceFile
from auditor.model.span import NOWHERE

SMALL = 150
"""Files. Below this many, starting processes costs more than it saves."""


def extract_all(root: Path, files: Sequence[SourceFile], processes: int | None = None) -> dict[str, FileFacts]:
    """The facts of each file by path, in the order of `files`, the same for any number of processes.

    `processes=None` takes the processors this process may use. Problems added here: `unreadable`
    (the file could not be opened) and `crashed` (the reader failed on it, or took its process down).
    """
    workers = processors() if processes is None else processes
    small = workers <= 1 or len(files) < SMALL
    with _collector_off():
        if small:
            found = {file.path: facts for file, (facts, _) in zip(files, _on_own_stack(root, files), strict=True)}
        else:
            found = dict(_pooled(root, files, workers))
        if len(files) >= SMALL:
            gc.freeze()
    return {file.path: found[file.path] for file in files}


_Chunk: TypeAlias = list[SourceFile]
_DECODER = msgspec.msgpack.Decoder(FileFacts)


def _pooled(root: Path, files: Sequence[SourceFile], workers: int) -> Iterator[tuple[str, FileFacts]]:
    lost: list[_Chunk] = []
    for chunk, encoded in _run(root, _chunks(files, workers * 4), workers):
        if encoded is None:
            lost.append(chunk)
        else:
            yield from _decoded(chunk, encoded)
    # One dying worker takes the whole pool with it: most of the lost chunks are innocent.
    for chunk in sorted(lost):
        for part, encoded in _run(root, [chunk], 1):
            yield from _one_by_one(root, part) if encoded is None else _decoded(part, encoded)


def _one_by_one(root: Path, chunk: _Chunk) -> Iterator[tuple[str, FileFacts]]:
    """A process reads file after file; the one it dies of is the culprit, and a new process goes on behind it."""
    rest = deque(chunk)
    while rest:
        with _pool(1) as pool:
            try:
                while rest:
                    encoded = pool.submit(_work, root, [rest[0]]).result()
                    yield from _decoded([rest.popleft()], encoded)
            except BrokenProcessPool:
                culprit = rest.popleft()
                yield culprit.path, _failed(culprit.dialect, "crashed", "reading it ended the reading process")


def _run(root: Path, chunks: Sequence[_Chunk], workers: int) -> Iterator[tuple[_Chunk, list[bytes] | None]]:
    """Each chunk with its encoded facts as it is done, None if a process died before."""
    with _pool(min(workers, len(chunks))) as pool:
        futures = {}
        for place, chunk in enumerate(chunks):
            try:
                futures[pool.submit(_work, root, chunk)] = chunk
            except BrokenProcessPool:
                yield from ((rest, None) for rest in chunks[place:])
                break
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                yield futures[future], None


def _pool(workers: int) -> ProcessPoolExecutor:
    # Forking costs nothing and shares what is loaded, but is not safe beside other threads.
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method), initializer=gc.disable)


def _work(root: Path, chunk: _Chunk) -> list[bytes]:
    return [encoded for _, encoded in _on_own_stack(root, chunk)]


def _on_own_stack(root: Path, files: Sequence[SourceFile]) -> list[tuple[FileFacts, bytes]]:
    """The facts of each file, read in a thread of its own.

    How deeply a file may be nested before its reader gives up depends on how deep the stack is
    already, and on the limit that is set: here both are the same in a worker as under the command line.
    """
    result: Future[list[tuple[FileFacts, bytes]]] = Future()

    def read() -> None:
        try:
            result.set_result([_facts(root, file) for file in files])
        except BaseException as error:
            result.set_exception(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(_NESTING)
    try:
        threading.Thread(target=read, daemon=True).start()
        return result.result()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)


def _facts(root: Path, file: SourceFile) -> tuple[FileFacts, bytes]:
    """The facts and their encoding, which is made in every case: what cannot be encoded is a problem everywhere."""
    try:
        source = (root / file.path).read_bytes()
    except OSError as error:
        failed = _failed(file.dialect, "unreadable", error.strerror or "cannot be read")
        return failed, msgspec.msgpack.encode(failed)
    try:
        facts = extract(source, file.dialect)
        return facts, msgspec.msgpack.encode(facts)
    except Exception as error:  # a reader's bug costs its file, never the audit
        failed = _failed(file.dialect, "crashed", f"the reader failed: {type(error).__name__}")
        return failed, msgspec.msgpack.encode(failed)


def _decoded(chunk: _Chunk, encoded: list[bytes]) -> Iterator[tuple[str, FileFacts]]:
    for file, packed in zip(chunk, encoded, strict=True):
        yield file.path, _decode(packed)


def _decode(packed: bytes) -> FileFacts:
    # Decoding goes as deep as the facts do, from wherever the caller's stack is by now.
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 20 * _NESTING))
    try:
        return _DECODER.decode(packed)
    finally:
        sys.setrecursionlimit(limit)


def _failed(dialect: Dialect, code: str, message: str) -> FileFacts:
    return FileFacts(dialect, problems=(Problem(code, message, NOWHERE),))


def _chunks(files: Sequence[SourceFile], count: int) -> list[_Chunk]:
    """About `count` lists of equal bytes, the one with the largest file first."""
    chunks: list[_Chunk] = [[] for _ in range(min(count, len(files)))]
    weights = [0] * len(chunks)
    for file in sorted(files, key=lambda file: (-file.size, file.path)):
        lightest = min(range(len(chunks)), key=lambda place: weights[place])
        chunks[lightest].append(file)
        weights[lightest] += file.size + _PER_FILE
    return chunks


_NESTING = 500
"""Calls within calls while a file is read: half of what Python allows, so that whoever walks the facts has room."""

_STACK = 64 * 1024 * 1024
"""Bytes, taken only as far as they are used."""

_PER_FILE = 500
"""What opening a file costs, in bytes read for it."""


def processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _collector_off() -> Iterator[None]:
    """Facts are millions of small objects without cycles: looking for garbage among them triples the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
