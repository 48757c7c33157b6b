"""Song Hành: from the words of a gender-equality plan and a file of figures to verdicts and the province's report."""

__version__ = "0.1.0"
