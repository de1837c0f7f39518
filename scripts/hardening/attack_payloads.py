"""What is injected: text that would be code somewhere, each with a number that is found again."""

_KINDS = {
    "script": '<script>window.ran="{n}";alert({n})</script>',
    "image": "<img src=http://{host}/{n} onerror=window.ran={n}>",
    "svg": "<svg onload=window.ran={n}><a href=javascript:window.ran={n}>x{n}</a></svg>",
    "attribute": '"onmouseover="window.ran={n}" autofocus onfocus="window.ran={n}',
    "style": "</style><style>@import'http://{host}/{n}';</style>",
    "title": "</title></textarea></svg><iframe srcdoc='<script>parent.ran={n}</script>'>",
    "template": "{{{{ {n}*0 or cycler.__init__.__globals__ }}}} {{% for a in b %}}",
    "markdown": "[x{n}](javascript:window.ran={n}) ![y](http://{host}/{n})",
    "formula": "=40+2&{n}",
    "web formula": '=WEBSERVICE("http://{host}/{n}")',
    "command formula": "=cmd|'/C touch ran-{n}'!A0",
    "plus": "+40+2+{n}",
    "minus": "-40+2-{n}",
    "at": "@SUM(40,2,{n})",
    "tab": "\t=40+2&{n}",
    "full width": "\uff1d40+2&{n}",
    "full width plus": "\uff0b40+2+{n}",
    "full width minus": "\uff0d40+2-{n}",
    "full width at": "\uff20SUM(40,2,{n})",
    "hard space": "\u00a0=40+2&{n}",
    "wide space": " \u3000+40+2+{n}",
    "line end": "\n=40+2&{n}",
    "path": "../../../../tmp/ran-{n}",
    "windows path": "..\\\\..\\\\ran-{n}",
    "terminal": "\x1b]0;ran-{n}\x07\x1b[2Jgone{n}",
    "right to left": "\u202etxt.exe{n}\u202c",
    "null": "n\u0000u{n}",
    "shell": "$(touch ran-{n});`touch ran-{n}`",
    "python": '"""+__import__(\'os\').system(\'touch ran-{n}\')+"""{n}',
    "long": "A" * 400 + "{n}",
}
KINDS = tuple(_KINDS)
_JOINED = ("formula", "tab", "full width", "hard space", "line end")  # 42 and the number
IN_TOML = tuple(name for name in KINDS if name != "null")  # TOML itself has no NUL


_HOST = ["127.0.0.1:9"]  # where a request that an injection makes is seen


def listen_at(host: str) -> None:
    """Have every injection that asks for something ask there."""
    _HOST[0] = host


def payload(kind: str, number: int) -> str:
    """Return the text of one injection."""
    return _KINDS[kind].format(n=number, host=_HOST[0])


def answers(kind: str, number: int) -> set[str]:
    """Return what stands in a cell where a formula was worked out."""
    return {f"42{number}"} if kind in _JOINED else set()
