"""The first words of the two vocabularies: the ten rights of Permenkumham 22/2021, and the groups."""

import sqlalchemy as sa
from alembic import op

revision = "8e31b7f2c905"
down_revision = "5d0c4a1f7b26"
branch_labels = None
depends_on = None

# (uid, code, Indonesian, English); a uid is the word's name for ever, in every installation.
RIGHTS = (
    ("f5036a8d-e6de-4be2-885d-b3ac2669088b", "bantuan-hukum", "Hak atas bantuan hukum", "Right to legal aid"),
    ("951e2d05-e72f-4f33-9c38-e5e25bd354c0", "informasi", "Hak atas informasi", "Right to information"),
    (
        "aea6f5dc-38a8-4eb9-8823-18ef55eb20c6",
        "turut-serta",
        "Hak turut serta dalam pemerintahan",
        "Right to take part in government",
    ),
    (
        "c8410594-cbec-418d-b06c-2df76a699409",
        "keberagaman",
        "Hak atas keberagaman dan pluralisme",
        "Right to diversity and pluralism",
    ),
    (
        "67338358-e630-4c9a-a64b-189a6252bfda",
        "kependudukan",
        "Hak atas kependudukan",
        "Right to civil registration",
    ),
    ("ee52fab3-1443-467c-a8bb-61da6f9e0f2f", "kesehatan", "Hak atas kesehatan", "Right to health"),
    ("c3ac00fa-5716-4812-a97f-4fb5e14d8530", "pendidikan", "Hak atas pendidikan", "Right to education"),
    ("acc47168-4835-49d6-a973-2464a3c097e8", "pekerjaan", "Hak atas pekerjaan", "Right to work"),
    (
        "24d00c81-08ef-4c42-992b-f7677ff4118d",
        "lingkungan-perumahan",
        "Hak atas lingkungan yang baik dan sehat serta perumahan yang layak",
        "Right to a healthy environment and adequate housing",
    ),
    (
        "7f7a5077-6704-4571-9e3d-1bf8b9773bdb",
        "perempuan-anak",
        "Hak perempuan dan anak",
        "Rights of women and children",
    ),
)
GROUPS = (
    ("575a7457-899a-452b-a15a-7803faa91acf", "perempuan", "Perempuan", "Women"),
    ("c4ff6fb4-fafa-4873-ba64-b058ed125bf8", "anak", "Anak", "Children"),
    (
        "8d09c733-73a1-4771-937e-7cd874afdbc9",
        "disabilitas",
        "Penyandang disabilitas",
        "Persons with disabilities",
    ),
    (
        "62f6c1da-cbce-4d72-95dd-ca7ef581f4e9",
        "adat",
        "Kelompok masyarakat adat",
        "Indigenous (customary) communities",
    ),
    ("edf6a5b2-cafd-487b-8f52-6bee51a6c5bc", "lansia", "Lansia", "Older persons"),
    ("91b65a34-1c7f-403f-969d-677a6a2eb0be", "miskin", "Masyarakat miskin", "People living in poverty"),
    ("fbd40fd3-2d3d-4879-90e8-81dee6136da1", "odhiv", "Orang dengan HIV (ODHIV)", "People living with HIV"),
    (
        "5aca8106-cb9d-441c-9a0d-61d045a6cf5a",
        "minoritas-agama",
        "Minoritas agama atau keyakinan",
        "Religious or belief minorities",
    ),
    (
        "c5fabb2a-3e25-44ee-8b7d-d8ffe5b6ecdb",
        "korban",
        "Korban pelanggaran HAM",
        "Victims of human rights violations",
    ),
    ("e22dcb2a-3c63-493c-bb2b-1097d3428cc1", "pekerja-migran", "Pekerja migran", "Migrant workers"),
    ("1f4b6f0f-c9f4-426b-8f70-5e7bd4045ede", "pembela", "Pembela HAM", "Human rights defenders"),
    (
        "1887d15b-6231-4def-b02b-43c35d9ad76c",
        "anak-hukum",
        "Anak berhadapan dengan hukum",
        "Children in contact with the law",
    ),
    ("016e3e14-1967-4b26-ab00-b273cae8b670", "lainnya", "Lainnya", "Others"),
)

TERM = sa.table(
    "term",
    sa.column("uid", sa.String),
    sa.column("vocabulary", sa.String),
    sa.column("code", sa.String),
    sa.column("label", sa.String),
    sa.column("label_en", sa.String),
    sa.column("place", sa.Integer),
    sa.column("is_retired", sa.Boolean),
)


def upgrade() -> None:
    for vocabulary, words in (("rights", RIGHTS), ("groups", GROUPS)):
        op.bulk_insert(
            TERM,
            [
                {
                    "uid": uid,
                    "vocabulary": vocabulary,
                    "code": code,
                    "label": label,
                    "label_en": label_en,
                    "place": place,
                    "is_retired": False,
                }
                for place, (uid, code, label, label_en) in enumerate(words, start=1)
            ],
        )


def downgrade() -> None:
    op.execute(sa.delete(TERM).where(TERM.c.uid.in_([word[0] for word in (*RIGHTS, *GROUPS)])))
