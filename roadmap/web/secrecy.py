"""Which boxes of a form hold a secret: what stands in them is never kept, given back, or marked."""

SECRETS = ("password", "sandi", "token")


def is_secret(name: str) -> bool:
    """Tell by its name whether a box holds a secret."""
    return any(secret in name.lower() for secret in SECRETS)
