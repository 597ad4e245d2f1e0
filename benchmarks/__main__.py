"""What can be measured, and how each benchmark is called: the beginning of every benchmark's own description."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Print name and first paragraphs of each benchmark, in order of names."""
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("*/__main__.py")]):
        text = path.read_text(encoding="utf-8")
        about = ast.get_docstring(ast.parse(text)) or ""
        if path != Path(__file__) and 'if __name__ == "__main__":' in text:
            name = path.parent.name if path.name == "__main__.py" else path.stem
            print(f"{name}\n" + "".join(f"    {line}".rstrip() + "\n" for line in "\n\n".join(about.split("\n\n")[:2]).splitlines()))


if __name__ == "__main__":
    main()
