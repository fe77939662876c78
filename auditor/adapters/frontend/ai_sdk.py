"""The AI SDK's hooks and transports: `useChat({ api })`, `DefaultChatTransport`.

`ai` 3 to 5, `@ai-sdk/react`, `@ai-sdk/vue`, `@ai-sdk/svelte`
(https://ai-sdk.dev/docs/reference/ai-sdk-ui/use-chat, https://ai-sdk.dev/docs/ai-sdk-ui/transport): a POST whose
answer is a stream. An `api` that is not given is `/api/chat` of the web application itself, which is not claimed.

```ts
useChat({ transport: new DefaultChatTransport({ api: "/chat" }) })  // SSE POST /chat
```
"""

from __future__ import annotations

from auditor.adapter import Adapter, Machine
from auditor.adapter.requests import option, send
from auditor.model.finding import Side
from auditor.model.value import Arguments, Record, Text, Unknown, Value

_POST = Text(("POST",))
_HOOKS = ("useChat", "useCompletion", "useObject", "experimental_useObject", "useAssistant", "Chat")
_PACKAGES = ("ai/react", "ai/vue", "ai/svelte", "@ai-sdk/react", "@ai-sdk/vue", "@ai-sdk/svelte")
_TRANSPORTS = ("DefaultChatTransport", "TextStreamChatTransport", "HttpChatTransport")


def _post(machine: Machine, arguments: Arguments, this: Value | None) -> Value:
    options = machine.argument(arguments, 0)
    api = option(machine, options, "api")
    if api is not None:
        body = option(machine, options, "body")
        send(machine, arguments, "ai-sdk", (_POST,), machine.texts(api), kind="sse", body=body)
    return Record({"messages": Unknown("a response", label="response")}, open=True)


ADAPTER = Adapter(
    id="ai-sdk",
    side=Side.FRONTEND,
    symbols={
        **{f"{package}.{hook}": _post for package in _PACKAGES for hook in _HOOKS},
        **{f"ai.{name}": _post for name in _TRANSPORTS},
    },
    hot=(*_HOOKS, *_TRANSPORTS),
)
