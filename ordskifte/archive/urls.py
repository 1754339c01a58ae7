"""Addresses of the archivist's desk, under /desk/archive/."""

from django.urls import path

from ordskifte.archive.pages import access, cases, decide, deliveries, deposits, keeping, papers, shielding

app_name = "archive"
urlpatterns = [
    path("", decide.start, name="desk"),
    path("confirm/", decide.confirm_kind, name="confirm-kind"),
    path("undo/<uuid:batch>/", decide.undo, name="undo"),
    path("keep/<uuid:record_id>/", decide.decision, name="decision"),
    path("quality/", decide.quality, name="quality"),
    path("rules/", keeping.rules, name="rules"),
    path("classes/", keeping.classes, name="classes"),
    path("periods/", keeping.period_list, name="periods"),
    path("disposal/", keeping.disposal, name="disposal"),
    path("disposal/<uuid:disposal_id>/", keeping.disposal_list, name="disposal-list"),
    path("holds/", keeping.hold_list, name="holds"),
    path("privacy/", keeping.privacy_desk, name="privacy"),
    path("privacy/erasures.json", keeping.erasures, name="erasures"),
    path("privacy/<uuid:request_id>/", keeping.privacy_request, name="privacy-request"),
    path("papers/", papers.paper_list, name="papers"),
    path("papers/choice/", keeping.chosen, name="keep-choice"),
    path("papers/<slug:code>/", papers.paper, name="paper"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("entries/<uuid:entry_id>/", cases.entry, name="entry"),
    path("of/<uuid:record_id>/", cases.of_record, name="of-record"),
    path("journal/", cases.running, name="running"),
    path("journal/choice/", deliveries.chosen, name="choice"),
    path("shielding/<uuid:record_id>/", shielding.shield, name="shielding"),
    path("deliveries/", deliveries.delivery_list, name="deliveries"),
    path("deliveries/<uuid:delivery_id>/again/", deliveries.again, name="deliver-again"),
    path("deliveries/<uuid:delivery_id>/receipt/", deliveries.receipt, name="receipt"),
    path("deposits/", deposits.deposit_list, name="deposits"),
    path("deposits/<uuid:deposit_id>/", deposits.deposit, name="deposit"),
    path("deposits/<uuid:deposit_id>/file.tar", deposits.download, name="deposit-file"),
    path("deposits/<uuid:deposit_id>/remove/", deposits.remove, name="remove-deposit"),
    path("follow/<uuid:record_id>/", deposits.follow, name="follow"),
    path("document/<uuid:record_id>/", deposits.document, name="document"),
    path("access/", access.queue, name="access"),
    path("access/<uuid:request_id>/", access.one, name="request"),
    path("access/<uuid:request_id>/package.zip", access.package, name="package"),
]
