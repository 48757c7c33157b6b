"""Official documents written from a release alone.

A release is one frozen file (see `results`); nothing here reads a database, a clock or an edition. The words and the
outline of a document come with the release, as data of its edition.
"""
