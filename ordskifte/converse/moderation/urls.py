"""Addresses of moderation on the desk."""

from django.urls import path

from ordskifte.converse.moderation import lists, views

app_name = "moderation"
urlpatterns = [
    path("c/<uuid:thread_id>/u/<uuid:utterance_id>/measure/", views.measure, name="measure"),
    path("v/<uuid:version_id>/original/", views.original, name="original"),
    path("measures/", lists.measures, name="measures"),
    path("measures/second/", lists.second, name="second"),
    path("measures/numbers/", lists.to_review, name="numbers"),
    path("measures/spam/", lists.spam_list, name="spam"),
    path("measures/spam/<uuid:batch>/undo/", lists.undo_spam, name="undo-spam"),
    path("measures/<uuid:measure_id>/", views.one, name="one"),
    path("measures/<uuid:measure_id>/decide/", views.decide, name="decide"),
    path("measures/<uuid:measure_id>/withdraw/", views.withdraw, name="withdraw"),
    path("measures/<uuid:measure_id>/undo/", views.undo, name="undo"),
    path("measures/<uuid:measure_id>/review/", views.review, name="review"),
    path("measures/<uuid:measure_id>/police.pdf", views.police_report, name="police"),
    path("complaints/", lists.complaints, name="complaints"),
    path("complaints/<uuid:complaint_id>/", lists.one_complaint, name="complaint"),
]
