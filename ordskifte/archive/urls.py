"""Addresses of the archivist's desk, under /desk/archive/."""

from django.urls import path

from ordskifte.archive.pages import access, cases, deliveries, deposits, shielding

app_name = "archive"
urlpatterns = [
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
