"""Every setting, read once from the environment into a frozen, typed `Config` that refuses weak values."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

WEAK_SECRETS = frozenset({"", "secret", "changeme", "development", "dev", "password"})
SHORTEST_SECRET = 32


class BadSetting(ValueError):
    """A setting that the application refuses to start with; the message names it and says what it takes."""


@dataclass(frozen=True)
class Config:
    """The settings of one running application."""

    instance: Path
    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:8000"
    environment: str = "development"
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    mail_mode: str = "folder"
    mail_from: str = "peta-jalan@localhost"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = True
    pool_size: int = 10
    streams: int = 0
    testing: bool = False

    @property
    def is_production(self) -> bool:
        """Tell whether weak values must be refused."""
        return self.environment == "production"

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def secure_cookies(self) -> bool:
        """Tell whether cookies may travel over an encrypted line only."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read `ROADMAP_*`; make the instance folder and its secret where there is none.

        Raises BadSetting on an odd or weak value.
        """
        env = os.environ if environ is None else environ
        instance = Path(env.get("ROADMAP_INSTANCE", "instance")).expanduser().resolve()
        environment = _one_of(env, "ROADMAP_ENVIRONMENT", ("development", "production"), "development")
        try:
            instance.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            message = f"ROADMAP_INSTANCE: {instance} cannot be made ({problem})."
            raise BadSetting(message) from problem
        base_url = env.get("ROADMAP_BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
        host = urlsplit(base_url).hostname
        if urlsplit(base_url).scheme not in {"http", "https"} or not host:
            message = "ROADMAP_BASE_URL takes an address such as https://petajalan.contoh.go.id"
            raise BadSetting(message)
        config = cls(
            instance=instance,
            database_url=env.get("ROADMAP_DATABASE_URL", f"sqlite:///{instance / 'roadmap.sqlite3'}"),
            secret_key=env.get("ROADMAP_SECRET_KEY") or _kept_secret(instance),
            secret_key_fallbacks=_words(env.get("ROADMAP_SECRET_KEY_FALLBACKS", "")),
            base_url=base_url,
            environment=environment,
            trusted_hosts=_words(env.get("ROADMAP_TRUSTED_HOSTS", "")) or (host, "127.0.0.1", "localhost"),
            proxy_hops=_whole(env, "ROADMAP_PROXY_HOPS", 0, 0, 5),
            mail_mode=_one_of(env, "ROADMAP_MAIL", ("folder", "smtp"), "folder"),
            mail_from=env.get("ROADMAP_MAIL_FROM", f"peta-jalan@{host}"),
            smtp_host=env.get("ROADMAP_SMTP_HOST", ""),
            smtp_port=_whole(env, "ROADMAP_SMTP_PORT", 587, 1, 65535),
            smtp_user=env.get("ROADMAP_SMTP_USER", ""),
            smtp_password=env.get("ROADMAP_SMTP_PASSWORD", ""),
            smtp_tls=_yes_or_no(env, "ROADMAP_SMTP_TLS", default=True),
            pool_size=_whole(env, "ROADMAP_POOL_SIZE", 10, 1, 200),
            # Each takes a thread of the server; beyond its threads ordinary pages would wait without a word.
            streams=_whole(env, "ROADMAP_STREAMS", 4, 0, 2000),
        )
        config.check()
        return config

    @classmethod
    def for_tests(cls, database_url: str, instance: Path, **overrides: Any) -> Self:
        """Make the settings of a test application: mail in a folder, a secret of its own."""
        config = cls(
            instance=instance,
            database_url=database_url,
            secret_key=secrets.token_hex(32),
            base_url="http://localhost",
            trusted_hosts=("localhost", "127.0.0.1"),
            testing=True,
        )
        return replace(config, **overrides)

    def check(self) -> None:
        """Refuse what would be unsafe. Raises BadSetting."""
        if self.database_url.split(":", 1)[0] not in {"sqlite", "postgresql", "postgresql+psycopg"}:
            message = "ROADMAP_DATABASE_URL takes sqlite:///… or postgresql://…"
            raise BadSetting(message)
        if len(self.secret_key) < SHORTEST_SECRET or self.secret_key.lower() in WEAK_SECRETS:
            message = f"ROADMAP_SECRET_KEY needs at least {SHORTEST_SECRET} characters that nobody can guess."
            raise BadSetting(message)
        if self.mail_mode == "smtp" and not self.smtp_host:
            message = "ROADMAP_MAIL=smtp needs ROADMAP_SMTP_HOST."
            raise BadSetting(message)
        if self.is_production and not self.secure_cookies:
            message = "ROADMAP_ENVIRONMENT=production needs ROADMAP_BASE_URL with https."
            raise BadSetting(message)


def _kept_secret(instance: Path) -> str:
    """Read the instance's own secret; make one that only its owner may read where there is none."""
    path = instance / "secret"
    if not path.exists():
        # Written apart and moved into place, so that two workers starting at once agree on one secret.
        draft = instance / f"secret.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    value = env.get(name, default)
    if value not in choices:
        message = f"{name} takes one of: {', '.join(choices)}; not {value!r}."
        raise BadSetting(message)
    return value


def _whole(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal() or not least <= int(text) <= most:
        message = f"{name} takes a whole number from {least} to {most}; not {text!r}."
        raise BadSetting(message)
    return int(text)


def _yes_or_no(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "1" if default else "0").lower()
    if value not in {"0", "1", "yes", "no", "true", "false"}:
        message = f"{name} takes 1 or 0; not {value!r}."
        raise BadSetting(message)
    return value in {"1", "yes", "true"}
