"""Reads mkdocs.yml as data, without the generator."""

from pathlib import Path
from typing import Any

import yaml


class SettingsProblem(Exception):
    """mkdocs.yml cannot be read; the text says where and why."""


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):
    """Reads the generator's own tags, such as !ENV, as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def read_settings(path: Path) -> dict[str, Any]:
    """The settings in the file at `path`. Raises SettingsProblem with line and column on a fault."""
    try:
        settings = yaml.load(path.read_bytes(), _Loader)
    except OSError as error:
        raise SettingsProblem(f"{path.name} cannot be read: {error.strerror}.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise SettingsProblem(f"{path.name}{place}  this is not YAML: {error.problem}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsProblem(f"{path.name}  this is not YAML in UTF-8: {error}") from None
    if not isinstance(settings, dict):
        raise SettingsProblem(f"{path.name}:1:1  holds no settings; it needs at least site_name and site_url.")
    return settings
