"""Addresses of publishing and of the outbox, under /desk/."""

from django.urls import path

from ordskifte.publish import views
from ordskifte.publish.pages import drafts, plans

app_name = "publish"
urlpatterns = [
    path("outbox/", views.page, name="outbox"),
    path("outbox/<uuid:outbox_id>/<slug:name>/", views.act, name="act"),
    path("publish/", drafts.overview, name="drafts"),
    path("publish/new/", drafts.new, name="new"),
    path("publish/calendar/", plans.calendar, name="calendar"),
    path("publish/campaigns/", plans.campaign_list, name="campaigns"),
    path("publish/campaigns/begin/", plans.begin_campaign, name="begin-campaign"),
    path("publish/campaigns/<uuid:campaign_id>/close/", plans.close_campaign, name="close-campaign"),
    path("publish/crisis/", plans.crisis_page, name="crisis"),
    path("publish/crisis/<slug:name>/", plans.crisis_act, name="crisis-act"),
    path("publish/profiles/", plans.profiles, name="profiles"),
    path("publish/profiles/<uuid:channel_id>/", plans.write_profile, name="write-profile"),
    path("publish/<uuid:draft_id>/", drafts.one, name="draft"),
    path("publish/<uuid:draft_id>/save/", drafts.save, name="save"),
    path("publish/<uuid:draft_id>/comment/", drafts.comment, name="comment"),
    path("publish/<uuid:draft_id>/answer/", drafts.answer, name="answer"),
    path("publish/<uuid:draft_id>/pictures/<uuid:picture_id>/", drafts.picture, name="picture"),
    path("publish/<uuid:draft_id>/rows/<uuid:outbox_id>/<slug:name>/", drafts.change, name="change"),
    path("publish/<uuid:draft_id>/act/<slug:name>/", drafts.act, name="draft-act"),
]
