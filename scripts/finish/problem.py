"""What goes wrong in the finishing step."""


class FinishProblem(Exception):
    """A fault that keeps the site from being finished; the text says what and where."""
