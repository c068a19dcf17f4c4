"""Bars as SVG, small enough to be kept beside the page: ours dark, others light, values from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

# Label, value, and whether it is ours.
Bar = tuple[str, float, bool]

_WIDTH, _LABELS, _ROW, _TOP = 760, 330, 24, 40
_OURS, _OTHERS, _INK, _LINES = "#24506b", "#b9cbd6", "#222", "#ddd"


def bars(title: str, rows: Sequence[Bar]) -> str:
    """One bar a row, in the order given; lines stand at every fifth."""
    height = _TOP + _ROW * len(rows) + 24
    scale = _WIDTH - _LABELS - 60
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="{_INK}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="10" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for step in range(6):
        at = _LABELS + scale * step / 5
        parts.append(f'<line x1="{at:.0f}" y1="{_TOP - 6}" x2="{at:.0f}" y2="{height - 22}" stroke="{_LINES}"/>')
        parts.append(f'<text x="{at:.0f}" y="{height - 8}" text-anchor="middle" font-size="11">{step / 5:.1f}</text>')
    for number, (label, value, ours) in enumerate(rows):
        top = _TOP + _ROW * number
        length = scale * min(1.0, max(0.0, value))
        parts.append(f'<text x="{_LABELS - 8}" y="{top + 14}" text-anchor="end">{escape(label)}</text>')
        parts.append(f'<rect x="{_LABELS}" y="{top + 2}" width="{length:.1f}" height="{_ROW - 8}" fill="{_OURS if ours else _OTHERS}"/>')
        parts.append(f'<text x="{_LABELS + length + 6:.1f}" y="{top + 14}">{value:.3f}</text>')
    return "\n".join([*parts, "</svg>", ""])
