"""The outbox: a mail is a row written in the act's transaction, and leaves after it, by folder or by SMTP."""

import logging
import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.clock import now
from roadmap.config import Config
from roadmap.extensions import Base, Moment, db
from roadmap.work import current_work, unit_of_work

log = logging.getLogger(__name__)

TRIES = 8


class OutboxMail(Base):
    """One mail on its way: one sentence and a link."""

    __tablename__ = "outbox_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    due_at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str | None] = mapped_column(Text)


def post(recipient: str, subject: str, body: str) -> None:
    """Put a mail into the outbox, in the open unit of work; line breaks in the subject become spaces."""
    current_work()
    db.session.add(OutboxMail(recipient=recipient, subject=" ".join(subject.split()), body=body))


def deliver_pending(config: Config, limit: int = 50) -> int:
    """Send what is due, each mail on its own; a failing one is tried again later. Returns how many left."""
    due = db.session.scalars(
        select(OutboxMail.id)
        .where(OutboxMail.sent_at.is_(None), OutboxMail.due_at <= now(), OutboxMail.tries < TRIES)
        .order_by(OutboxMail.id)
        .limit(limit)
    ).all()
    return sum(_deliver_one(config, mail_id) for mail_id in due)


def _deliver_one(config: Config, mail_id: int) -> bool:
    with unit_of_work():
        mail = db.session.scalar(
            select(OutboxMail)
            .where(OutboxMail.id == mail_id, OutboxMail.sent_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        if mail is None:
            return False
        try:
            _send(config, mail)
        except (OSError, smtplib.SMTPException) as problem:
            mail.tries += 1
            mail.trouble = str(problem)[:500]
            mail.due_at = now() + timedelta(minutes=2**mail.tries)
            log.warning("mail %s did not leave: %s", mail.id, type(problem).__name__)
            return False
        mail.sent_at = now()
        return True


def _send(config: Config, mail: OutboxMail) -> None:
    message = EmailMessage()
    message["From"] = config.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = mail.created_at
    message.set_content(mail.body)
    if config.mail_mode == "folder":
        _drop(config.instance / "mail", mail, message)
        return
    with smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=20) as server:
        if config.smtp_tls:
            server.starttls()
        if config.smtp_user:
            server.login(config.smtp_user, config.smtp_password)
        server.send_message(message)


def _drop(folder: Path, mail: OutboxMail, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{mail.id:06d}.eml").write_bytes(message.as_bytes())
    log.info("mail to %s: %s\n%s", mail.recipient, mail.subject, mail.body)
