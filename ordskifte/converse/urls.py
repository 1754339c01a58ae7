"""Addresses of the inbox and its conversations, under /desk/."""

from django.urls import path

from ordskifte.converse import live
from ordskifte.converse.pages import acts, bulk, conversation, inbox, reply, settings

app_name = "converse"
urlpatterns = [
    path("", inbox.inbox_page, name="inbox"),
    path("bulk/", bulk.bulk_page, name="bulk"),
    path("bulk/<uuid:batch>/undo/", bulk.undo_bulk, name="undo-bulk"),
    path("tasks/", inbox.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/done/", acts.finish_task, name="finish-task"),
    path("news/", inbox.news, name="news"),
    path("live/", live.events, name="live"),
    path("c/<uuid:conversation_id>/", conversation.conversation_page, name="conversation"),
    path("c/<uuid:conversation_id>/peek/", inbox.peek, name="peek"),
    path("c/<uuid:conversation_id>/here/", conversation.here, name="here"),
    path("c/<uuid:conversation_id>/present/", reply.present, name="present"),
    path("c/<uuid:conversation_id>/check/", reply.check, name="check"),
    path("c/<uuid:conversation_id>/reply/", reply.send, name="send"),
    path("c/<uuid:conversation_id>/move-out/", reply.move_out, name="move-out"),
    path("c/<uuid:conversation_id>/other-talk/", conversation.other_talk, name="other-talk"),
    path("c/<uuid:conversation_id>/act/<slug:name>/", acts.act, name="act"),
    path("withdraw/<uuid:outbox_id>/", reply.take_back, name="withdraw"),
    path("undo/<uuid:step_id>/", acts.undo, name="undo"),
    path("settings/mail/", settings.mail, name="mail"),
    path("settings/rules/", settings.rules, name="rules"),
    path("settings/rules/new/", settings.propose, name="propose-rule"),
    path("settings/rules/<uuid:rule_id>/<slug:act>/", settings.decide, name="decide-rule"),
]
