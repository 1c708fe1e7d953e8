"""The addresses of the application, each with its policy."""

from __future__ import annotations

from convenu.actions.permissions import Permission
from convenu.web.routes import LINK, PUBLIC, SIGNED_IN, by_link, member, route
from convenu.web.views import (
    audits,
    clients,
    contracts,
    estate,
    exchange,
    faults,
    findings,
    fleet,
    home,
    house,
    house_clauses,
    house_values,
    interview,
    journal,
    library,
    members,
    own_costs,
    passwords,
    positions,
    pricing,
    profile,
    provisional,
    replays,
    rules,
    second_factor,
    segments,
    set_up,
    shared,
    sharing,
    signing_in,
    tickets,
    time_spent,
    versions,
)

WRITING = member(Permission.WRITE_CONTRACTS)
LAWYER = by_link(Permission.READ_SHARED_FINDINGS)
REMARKING = by_link(to_change=Permission.REMARK)
ANSWERING = member(Permission.SEE, to_change=Permission.ANSWER)

urlpatterns = [
    route("", home.home, name="home", policy=member()),
    route("sante", home.health, name="health", policy=PUBLIC),
    route("langue", profile.choose_language, name="choose_language", policy=PUBLIC),
    route("palette.json", home.palette, name="palette", policy=member()),
    # First run: answers 404 as soon as the installation has its organisation.
    route("premier-pas", set_up.begin, name="set_up", policy=PUBLIC),
    route("premier-pas/reprendre", exchange.bring_in, name="import", policy=PUBLIC),
    route("premier-pas/<slug:step>", set_up.step, name="set_up_step", policy=PUBLIC),
    # Signing in.
    route("connexion", signing_in.sign_in, name="sign_in", policy=PUBLIC),
    route("connexion/code", signing_in.code, name="sign_in_code", policy=PUBLIC),
    route("deconnexion", signing_in.sign_out, name="sign_out", policy=PUBLIC),
    route("mot-de-passe", passwords.forgotten, name="forgotten_password", policy=PUBLIC),
    route("mot-de-passe/<slug:uid>/<str:token>", passwords.reset, name="reset_password", policy=LINK),
    route("invitation/<str:token>", members.invitation, name="invitation", policy=LINK),
    # Clients.
    route("clients", clients.clients, name="clients", policy=member()),
    route("clients/nouveau", clients.add, name="add_client", policy=WRITING),
    route("clients/<uuid:key>", clients.client, name="client", policy=member()),
    route("clients/<uuid:key>/modifier", clients.edit, name="edit_client", policy=WRITING),
    route("clients/<uuid:key>/archiver", clients.archive, name="archive_client", policy=WRITING),
    # Contracts.
    route("contrats", contracts.contracts, name="contracts", policy=member()),
    route("contrats/nouveau", contracts.new, name="new_contract", policy=WRITING),
    route("contrats/<uuid:key>", contracts.contract, name="contract", policy=member()),
    route("contrats/<uuid:key>/changer", contracts.change, name="change_contract", policy=WRITING),
    route("contrats/<uuid:key>/droit", contracts.law_day, name="law_day", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("contrats/<uuid:key>/suivre/<slug:what>", contracts.follow, name="follow", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("contrats/<uuid:key>/reprendre", contracts.duplicate, name="duplicate_contract", policy=WRITING),
    route("contrats/<uuid:key>/telecharger/<str:kind>", contracts.download, name="download", policy=member()),
    # The interview. A section is seen whole at its own address, or a question at a time.
    route("contrats/<uuid:key>/entretien", interview.resume, name="interview", policy=member()),
    route("contrats/<uuid:key>/entretien/<slug:section>/tout-voir", interview.whole_section, name="section", policy=ANSWERING),
    route("contrats/<uuid:key>/entretien/<slug:section>/<slug:question>", interview.question, name="question", policy=ANSWERING),
    route("contrats/<uuid:key>/entretien/<slug:section>/<slug:question>/nouvelles", interview.news, name="news", policy=member()),
    route("contrats/<uuid:key>/termes/<str:term>", interview.term, name="term", policy=member()),
    route("contrats/<uuid:key>/reponses", interview.answers, name="answers", policy=member()),
    route("contrats/<uuid:key>/reponses/<uuid:entry>/annuler", interview.undo, name="undo", policy=member(Permission.ANSWER)),
    route("contrats/<uuid:key>/reponses/appliquer", interview.apply_here, name="apply_here", policy=member(Permission.ANSWER)),
    # Findings.
    route("contrats/<uuid:key>/constats", findings.findings, name="findings", policy=member()),
    route("contrats/<uuid:key>/constats/jours", findings.days, name="finding_days", policy=member()),
    route("contrats/<uuid:key>/constats/apercu", findings.preview, name="preview_finding", policy=member()),
    route("contrats/<uuid:key>/constats/appliquer", findings.apply, name="apply_finding", policy=member(Permission.ANSWER)),
    route("contrats/<uuid:key>/constats/<uuid:entry>/annuler", findings.undo_here, name="undo_finding", policy=member(Permission.ANSWER)),
    route("contrats/<uuid:key>/constats/ecarter", findings.put_aside, name="put_aside", policy=WRITING),
    route("contrats/<uuid:key>/constats/retablir", findings.take_up, name="take_up", policy=WRITING),
    # Negotiating positions, clause by clause.
    route("contrats/<uuid:key>/positions/<slug:clause>", positions.positions, name="positions", policy=member()),
    route("contrats/<uuid:key>/positions/<slug:clause>/prendre", positions.take, name="take_position", policy=member(Permission.ANSWER)),
    route(
        "contrats/<uuid:key>/positions/<slug:clause>/<uuid:entry>/annuler",
        positions.undo_here,
        name="undo_position",
        policy=member(Permission.ANSWER),
    ),
    # The client's inventory, held against the contract; files are looked at before anything is kept.
    route("contrats/<uuid:key>/parc", fleet.fleet, name="fleet", policy=ANSWERING),
    route("contrats/<uuid:key>/parc/apercu", fleet.preview, name="fleet_preview", policy=member(Permission.ANSWER)),
    route("contrats/<uuid:key>/parc/<uuid:entry>/retirer", fleet.remove, name="remove_inventory", policy=WRITING),
    # Provisional contracts.
    route(
        "contrats/<uuid:key>/previsionnel", provisional.provisional, name="provisional", policy=member(to_change=Permission.WRITE_CONTRACTS)
    ),
    route("contrats/<uuid:key>/previsionnel/<uuid:entry>", provisional.change, name="change_provisional", policy=WRITING),
    # The price, and what only the MSP knows of it.
    route("contrats/<uuid:key>/prix", pricing.price, name="price", policy=member()),
    route("contrats/<uuid:key>/prix/chiffrage", pricing.costing, name="costing", policy=member(Permission.SEE_COSTS)),
    route("contrats/<uuid:key>/prix/prix.xlsx", pricing.price_sheet, name="price_sheet", policy=member()),
    route("contrats/<uuid:key>/prix/chiffrage.xlsx", pricing.costing_sheet, name="costing_sheet", policy=member(Permission.SEE_COSTS)),
    route("contrats/<uuid:key>/prix/variantes", pricing.variants, name="variants", policy=member()),
    route("contrats/<uuid:key>/prix/temps", time_spent.time_spent, name="time_spent", policy=ANSWERING),
    route("contrats/<uuid:key>/prix/temps.xlsx", time_spent.time_sheet, name="time_sheet", policy=member()),
    route("contrats/<uuid:key>/prix/temps-et-couts.xlsx", time_spent.time_costs, name="time_costs", policy=member(Permission.SEE_COSTS)),
    route("contrats/<uuid:key>/prix/quantites", pricing.quantities, name="quantities", policy=member()),
    route("contrats/<uuid:key>/prix/revision", pricing.revision, name="revision", policy=member()),
    route("contrats/<uuid:key>/prix/revision/lettre.<str:kind>", pricing.letter, name="revision_letter", policy=member()),
    # Versions.
    route("contrats/<uuid:key>/versions", versions.versions, name="versions", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("contrats/<uuid:key>/versions/comparer", versions.compare, name="comparison", policy=member()),
    route("contrats/<uuid:key>/versions/<int:rank>/<str:kind>", contracts.download_version, name="download_version", policy=member()),
    # The contract's promises tried on past tickets.
    route("contrats/<uuid:key>/passe", replays.replays, name="replays", policy=member(to_change=Permission.TRY_PROMISES)),
    route("contrats/<uuid:key>/passe/<uuid:entry>", replays.replay, name="replay", policy=member(to_change=Permission.TRY_PROMISES)),
    route("contrats/<uuid:key>/passe/<uuid:entry>/manques", replays.breaches, name="replay_breaches", policy=member()),
    route("contrats/<uuid:key>/passe/<uuid:entry>/ticket", replays.ticket, name="replay_ticket", policy=member()),
    # Past tickets.
    route("tickets", tickets.tickets, name="tickets", policy=member(to_change=Permission.IMPORT_TICKETS)),
    route("tickets/exports/<uuid:key>", tickets.export, name="ticket_export", policy=member(Permission.IMPORT_TICKETS)),
    route("tickets/imports/<uuid:key>", tickets.import_page, name="ticket_import", policy=member(to_change=Permission.IMPORT_TICKETS)),
    route("tickets/imports/<uuid:key>/refus.csv", tickets.refused, name="refused_rows", policy=member()),
    route("tickets/sources/<uuid:key>", tickets.source, name="ticket_source", policy=member(Permission.IMPORT_TICKETS)),
    # By a link: what it opens, what is said of it; then the pages of whoever holds it.
    route("contrats/<uuid:key>/echanges", sharing.sharing, name="sharing", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("contrats/<uuid:key>/echanges/<uuid:entry>", sharing.remark, name="answer_remark", policy=WRITING),
    route("contrats/<uuid:key>/liens/<uuid:entry>/retirer", sharing.withdraw, name="withdraw_link", policy=WRITING),
    route("lien/<str:token>", shared.take, name="take_link", policy=LINK),
    route("partage/<uuid:key>", shared.document, name="shared", policy=by_link()),
    route("partage/<uuid:key>/choix", shared.choose, name="shared_choice", policy=by_link()),
    route("partage/<uuid:key>/constats", shared.findings, name="shared_findings", policy=LAWYER),
    route("partage/<uuid:key>/constats/repondre", shared.reply, name="shared_reply", policy=LAWYER),
    route("partage/<uuid:key>/clauses/<slug:clause>", shared.clause, name="shared_clause", policy=LAWYER),
    route("partage/<uuid:key>/remarques", shared.remarks, name="shared_remarks", policy=REMARKING),
    route("partage/<uuid:key>/remarques/<slug:clause>", shared.remark, name="shared_remark", policy=REMARKING),
    route("partage/<uuid:key>/accord", shared.decision, name="shared_decision", policy=by_link(to_change=Permission.DECIDE)),
    route("partage/<uuid:key>/telecharger/<str:kind>", shared.download, name="shared_download", policy=by_link()),
    # Contracts of any origin.
    route("audits", audits.audits, name="audits", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("audits/en-attente/retirer", audits.forget_waiting, name="forget_waiting_audits", policy=WRITING),
    route("audits/tableau.<str:kind>", audits.table, name="audits_table", policy=member()),
    route("audits/<uuid:key>", audits.audit, name="audit", policy=member()),
    route("audits/<uuid:key>/confirmer", audits.confirm, name="confirm_audit", policy=WRITING),
    route("audits/<uuid:key>/contrat", audits.open_contract, name="open_from_audit", policy=WRITING),
    route("audits/<uuid:key>/refaire", audits.again, name="audit_again", policy=WRITING),
    route("audits/<uuid:key>/retirer", audits.forget, name="forget_audit", policy=WRITING),
    route("audits/<uuid:key>/telecharger/<str:kind>", audits.download, name="audit_file", policy=member()),
    # The library, read only.
    route("bibliotheque", library.clauses, name="library", policy=member()),
    route("bibliotheque/clauses/<slug:clause>", library.clause, name="clause", policy=member()),
    route("bibliotheque/segments", segments.segments, name="segments", policy=member()),
    route("bibliotheque/secteurs", library.sectors, name="sectors", policy=member()),
    route("bibliotheque/regles", rules.rules, name="rules", policy=member()),
    route("bibliotheque/regles.docx", rules.word, name="rules_word", policy=member()),
    route("bibliotheque/regles/<str:rule>", rules.rule, name="rule", policy=member(to_change=Permission.WRITE_CONTRACTS)),
    route("bibliotheque/droit", library.law, name="law", policy=member()),
    route("bibliotheque/droit/<slug:name>", library.figure, name="figure", policy=member()),
    route("bibliotheque/changements", library.news, name="library_news", policy=member()),
    # The house's own clauses and wordings, laid over it.
    route("bibliotheque/maison", house_clauses.house_clauses, name="house_clauses", policy=member()),
    route("bibliotheque/maison/nouvelle", house_clauses.new, name="new_house_clause", policy=member(Permission.CHANGE_HOUSE)),
    route("bibliotheque/maison/word", house_clauses.from_word, name="house_word", policy=member(Permission.CHANGE_HOUSE)),
    route("bibliotheque/maison/valeurs", house_values.house_values, name="house_values", policy=member()),
    route(
        "bibliotheque/maison/valeurs/<slug:section>",
        house_values.section_values,
        name="section_values",
        policy=member(to_change=Permission.CHANGE_HOUSE),
    ),
    route(
        "bibliotheque/maison/clauses/<slug:key>",
        house_clauses.house_clause,
        name="house_clause",
        policy=member(to_change=Permission.CHANGE_HOUSE),
    ),
    route(
        "bibliotheque/maison/clauses/<slug:key>/essai",
        house_clauses.try_clause,
        name="try_house_clause",
        policy=member(Permission.CHANGE_HOUSE),
    ),
    route("bibliotheque/maison/clauses/<slug:key>/rapprocher", house_clauses.settle, name="settle", policy=member(Permission.CHANGE_HOUSE)),
    route("bibliotheque/parc", estate.contracts, name="estate", policy=member()),
    # One's own account.
    route("profil", profile.profile, name="profile", policy=SIGNED_IN),
    route("profil/mot-de-passe", profile.password, name="password", policy=SIGNED_IN),
    route("profil/entreprise", profile.choose_organisation, name="choose_organisation", policy=SIGNED_IN),
    route("profil/code", second_factor.second_factor, name="second_factor", policy=SIGNED_IN),
    route("profil/code/retirer", second_factor.remove, name="remove_second_factor", policy=SIGNED_IN),
    # The organisation's settings.
    route("reglages", house.settings_page, name="settings", policy=member()),
    route("reglages/entreprise", house.house, name="house", policy=member(Permission.CHANGE_HOUSE)),
    route("reglages/couts", own_costs.own_costs, name="own_costs", policy=member(Permission.SEE_COSTS, to_change=Permission.CHANGE_HOUSE)),
    route("reglages/membres", members.members, name="members", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/membres/<uuid:key>", members.change, name="change_member", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/invitations/<uuid:key>", members.withdraw, name="withdraw_invitation", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/documents", exchange.brand, name="brand", policy=member(Permission.CHANGE_HOUSE)),
    route("reglages/documents/logo", exchange.logo, name="logo", policy=member()),
    route("reglages/export", exchange.exchange, name="exchange", policy=member(Permission.EXPORT)),
    route("reglages/export/fichier", exchange.export, name="export", policy=member(Permission.EXPORT)),
    route("reglages/journal", journal.journal, name="journal", policy=member(Permission.MANAGE_MEMBERS)),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler500 = faults.fault
