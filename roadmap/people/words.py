"""What roles, and kinds of organisations, are called on the screen."""

from collections.abc import Mapping

from roadmap.people.models import OrganisationKind
from roadmap.people.roles import Role, Stage, Visibility
from roadmap.text.words import N_

ROLE_NAMES: Mapping[str, str] = {
    Role.DRAFTER: N_("Penyusun"),
    Role.OPERATOR: N_("Operator OPD"),
    Role.PARTNER: N_("Mitra OMS"),
    Role.MENTOR: N_("Mentor"),
    Role.VERIFIER: N_("Verifikator"),
    Role.LEADER: N_("Pimpinan"),
    Role.LEADER_STAFF: N_("Staf pimpinan"),
    Role.ADMIN: N_("Admin daerah"),
}

# Where a roadmap stands.
STAGE_NAMES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("Draf"),
    Stage.CONSULTATION: N_("Konsultasi"),
    Stage.REVIEW: N_("Telaah"),
    Stage.REVISION: N_("Perbaikan"),
    Stage.VERIFICATION: N_("Verifikasi"),
    Stage.SUBMITTED: N_("Diajukan"),
    Stage.APPROVED: N_("Disetujui"),
    Stage.ADOPTED: N_("Ditetapkan"),
    Stage.IMPLEMENTATION: N_("Pelaksanaan"),
    Stage.FINISHED: N_("Selesai"),
    Stage.SUPERSEDED: N_("Digantikan"),
}

# Who reads what is said in a conversation.
VISIBILITY_NAMES: Mapping[str, str] = {
    Visibility.CSO_AND_MENTOR: N_("Mitra OMS dan mentor saja"),
    Visibility.TEAM: N_("Tim penyusun dan mitra"),
    Visibility.MEMBERS: N_("Tim dan mentor"),
    Visibility.PUBLIC: N_("Publik setelah terbit"),
}

# What a role does, in one sentence, read before it is given.
ROLE_SENTENCES: Mapping[str, str] = {
    Role.DRAFTER: N_("Menyusun seluruh peta jalan dan menjawab setiap masukan."),
    Role.OPERATOR: N_("Menyunting rencana aksi kantornya sendiri."),
    Role.PARTNER: N_("Mengomentari dan mengusulkan apa saja."),
    Role.MENTOR: N_("Menelaah rancangan dan memberi catatan."),
    Role.VERIFIER: N_("Memeriksa rancangan sebelum diajukan."),
    Role.LEADER: N_("Menyetujui atau mengembalikan rancangan."),
    Role.LEADER_STAFF: N_("Menyiapkan keputusan pimpinan dan mencatat yang dibuat di atas kertas."),
    Role.ADMIN: N_("Mengurus orang, kantor, dan pengaturan; tidak melihat rancangan."),
}

KIND_NAMES: Mapping[str, str] = {
    OrganisationKind.AGENCY: N_("Perangkat daerah (OPD)"),
    OrganisationKind.SECRETARIAT: N_("Bagian di Sekretariat Daerah"),
    OrganisationKind.SUBDISTRICT: N_("Kecamatan"),
    OrganisationKind.VERTICAL: N_("Instansi vertikal"),
    OrganisationKind.CSO: N_("Organisasi masyarakat sipil (OMS)"),
    OrganisationKind.DPO: N_("Organisasi penyandang disabilitas"),
    OrganisationKind.ACADEMIC: N_("Perguruan tinggi"),
    OrganisationKind.BUSINESS: N_("Dunia usaha"),
    OrganisationKind.NATIONAL: N_("Lembaga nasional"),
    OrganisationKind.COMMUNITY: N_("Lembaga kemasyarakatan"),
    OrganisationKind.OTHER: N_("Lainnya"),
}
