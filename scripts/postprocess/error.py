"""What goes wrong in the post-processing."""


class PostprocessError(Exception):
    """A fault that keeps the site from being finished; the text says what and where."""
