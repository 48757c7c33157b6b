"""What templates need and Django has not: marks, figures in Vietnamese, a comma list of links."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songhanh.core import printing

register = template.Library()


@register.simple_tag
def mark(name: str) -> SafeString:
    """Return a mark of the sprite, hidden from screen readers: a word always stands beside it."""
    address = static("build/marks.svg")
    return format_html(
        '<svg class="mark" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', address, name
    )


@register.filter
def count(value: int) -> str:
    """Return a whole number with dots between thousands."""
    return printing.number(value)


@register.filter
def small_first(text: str) -> str:
    """Return a text with a small first letter, for the middle of a sentence."""
    return text[:1].lower() + text[1:]
