"""Fetching from HTTP portals, each declared by a recipe in TOML: no code for a new one."""

from connectors.portal.fetching import fetch
from connectors.portal.recipe import Recipe, read_recipe
from connectors.portal.secrets import Secrets, secrets_of

__all__ = ["Recipe", "Secrets", "fetch", "read_recipe", "secrets_of"]
