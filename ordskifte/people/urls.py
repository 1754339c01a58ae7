"""The addresses of sign-in and of the administrators' pages."""

from django.urls import URLPattern, path

from ordskifte.people.pages import invitation, me, people, sign_in
from ordskifte.people.pages.people import Channels


def urlpatterns(channels: Channels) -> list[URLPattern]:
    """`channels` reads the names of the body's channels: {id: name}."""
    names = {"channels": channels}
    return [
        path("sign-in/", sign_in.sign_in, name="sign-in"),
        path("sign-in/passkey/begin/", sign_in.passkey_begin, name="passkey-begin"),
        path("sign-in/passkey/complete/", sign_in.passkey_complete, name="passkey-complete"),
        path("sign-in/demo/", sign_in.sign_in_as_demo, name="sign-in-as-demo"),
        path("sign-in/oidc/", sign_in.oidc_begin, name="oidc-begin"),
        path("sign-in/oidc/answer/", sign_in.oidc_answer, name="oidc-answer"),
        path("sign-in/invitation/<str:secret>/", invitation.invitation, name="invitation"),
        path("sign-in/invitation/<str:secret>/oidc/", invitation.invitation_oidc, name="invitation-oidc"),
        path(
            "sign-in/invitation/<str:secret>/passkey/begin/",
            invitation.invitation_passkey_begin,
            name="invitation-passkey-begin",
        ),
        path(
            "sign-in/invitation/<str:secret>/passkey/complete/",
            invitation.invitation_passkey_complete,
            name="invitation-passkey-complete",
        ),
        path("sign-out/", sign_in.sign_out, name="sign-out"),
        path("language/", me.set_language, name="language"),
        path("desk/me/", me.me, name="me"),
        path("desk/me/save/", me.save_me, name="me-save"),
        path("desk/me/password/", me.change_password, name="me-password"),
        path("desk/me/passkeys/begin/", me.passkey_begin, name="me-passkey-begin"),
        path("desk/me/passkeys/complete/", me.passkey_complete, name="me-passkey-complete"),
        path("desk/me/passkeys/<uuid:passkey>/remove/", me.passkey_remove, name="me-passkey-remove"),
        path("desk/me/sessions/<uuid:session>/end/", me.end_session, name="me-session-end"),
        path("desk/people/", people.people, names, name="people"),
        path("desk/people/invite/", people.invite, names, name="people-invite"),
        path("desk/people/units/", people.units, name="units"),
        path("desk/people/units/<uuid:unit>/", people.mark_unit, name="unit-mark"),
        path("desk/people/break-glass/<uuid:use>/", people.acknowledge, name="break-glass-acknowledge"),
        path("desk/people/<uuid:person>/", people.person, names, name="person"),
        path("desk/people/<uuid:person>/invite/", people.invite_again, name="person-invite"),
        path("desk/people/<uuid:person>/roles/", people.give_role, names, name="person-give-role"),
        path("desk/people/<uuid:person>/roles/<uuid:grant>/end/", people.end_role, name="person-end-role"),
        path("desk/people/<uuid:person>/remove/", people.remove, name="person-remove"),
    ]
