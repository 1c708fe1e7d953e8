"""The addresses of the application, each with its policy."""

from __future__ import annotations

from convenu.actions.permissions import Permission
from convenu.web.routes import LINK, PUBLIC, SIGNED_IN, member, route
from convenu.web.views import faults, home, house, journal, members, passwords, profile, second_factor, set_up, signing_in

urlpatterns = [
    route("", home.home, name="home", policy=member()),
    route("sante", home.health, name="health", policy=PUBLIC),
    route("langue", profile.choose_language, name="choose_language", policy=PUBLIC),
    route("palette.json", home.palette, name="palette", policy=member()),
    # First run: answers 404 as soon as the installation has its organisation.
    route("premier-pas", set_up.begin, name="set_up", policy=PUBLIC),
    route("premier-pas/<slug:step>", set_up.step, name="set_up_step", policy=PUBLIC),
    # Signing in.
    route("connexion", signing_in.sign_in, name="sign_in", policy=PUBLIC),
    route("connexion/code", signing_in.code, name="sign_in_code", policy=PUBLIC),
    route("deconnexion", signing_in.sign_out, name="sign_out", policy=PUBLIC),
    route("mot-de-passe", passwords.forgotten, name="forgotten_password", policy=PUBLIC),
    route("mot-de-passe/<slug:uid>/<str:token>", passwords.reset, name="reset_password", policy=LINK),
    route("invitation/<str:token>", members.invitation, name="invitation", policy=LINK),
    # One's own account.
    route("profil", profile.profile, name="profile", policy=SIGNED_IN),
    route("profil/mot-de-passe", profile.password, name="password", policy=SIGNED_IN),
    route("profil/entreprise", profile.choose_organisation, name="choose_organisation", policy=SIGNED_IN),
    route("profil/code", second_factor.second_factor, name="second_factor", policy=SIGNED_IN),
    route("profil/code/retirer", second_factor.remove, name="remove_second_factor", policy=SIGNED_IN),
    # The organisation's settings.
    route("reglages", house.settings_page, name="settings", policy=member()),
    route("reglages/entreprise", house.house, name="house", policy=member(Permission.CHANGE_HOUSE)),
    route("reglages/membres", members.members, name="members", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/membres/<uuid:key>", members.change, name="change_member", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/invitations/<uuid:key>", members.withdraw, name="withdraw_invitation", policy=member(Permission.MANAGE_MEMBERS)),
    route("reglages/journal", journal.journal, name="journal", policy=member(Permission.MANAGE_MEMBERS)),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.not_found
handler500 = faults.fault
