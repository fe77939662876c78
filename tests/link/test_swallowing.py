"""Which exceptions of a handler end in a log."""

from __future__ import annotations

import textwrap

import pytest

from auditor.link.channels.swallowing import swallowed
from auditor.model import form
from auditor.syntax.python import read_python


def _handler(text: str) -> form.Function:
    facts = read_python(("async def handler(socket):\n" + textwrap.indent(textwrap.dedent(text), "    ")).encode())
    return next(one.function for one in facts.body if isinstance(one, form.Def))


@pytest.mark.parametrize(
    ("caught", "expected"),
    [
        ("except Exception as e:\n    logger.error(str(e))", 1),
        ("except Exception:\n    pass", 1),
        ("except:\n    pass", 1),
        ("except (ValueError, Exception):\n    print('x')", 1),
        ("except OSError:\n    pass\nexcept Exception:\n    pass", 1),
        ("except OSError:\n    pass", 0),
        ("except Exception:\n    raise", 0),
        ("except Exception:\n    await socket.send_json({})", 0),
        ("except Exception as e:\n    failure = e", 0),
        ("except Exception:\n    return failed()", 0),
        ("finally:\n    pass", 0),
    ],
)
def test_what_is_caught(caught: str, expected: int) -> None:
    found = swallowed(_handler(f"try:\n    work()\n    more()\n{caught}\n"), "api.py")
    assert len(found) == expected
    assert all((one.first, one.last) == (3, 4) for one in found)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("await asyncio.gather(receive(), return_exceptions=True)", 1),
        ("await asyncio.gather(receive())", 0),
        ("results = await asyncio.gather(receive(), return_exceptions=True)", 0),
    ],
)
def test_what_is_gathered(call: str, expected: int) -> None:
    text = f"""
    async def receive():
        try:
            work()
        except Exception as e:
            logger.error(e)
            queue.close()
            raise
    {call}
    """
    assert len(swallowed(_handler(text), "api.py")) == expected
