"""The addresses of the settings pages."""

from django.urls import path

from ordskifte.plan.pages import grounds, hours, overview, places, promises, replies, roster, topics

app_name = "plan"
urlpatterns = [
    path("", overview.settings, name="settings"),
    path("hours/", hours.hours, name="hours"),
    path("hours/set/", hours.set_week, name="set-week"),
    path("hours/days/", hours.add_day, name="add-day"),
    path("hours/days/<int:row>/remove/", hours.remove_day, name="remove-day"),
    path("promises/", promises.promises, name="promises"),
    path("promises/new/", promises.new_promise, name="new-promise"),
    path("promises/<uuid:promise>/withdraw/", promises.withdraw, name="withdraw-promise"),
    path("grounds/", grounds.grounds, name="grounds"),
    path("grounds/new/", grounds.new_ground, name="new-ground"),
    path("grounds/<uuid:ground>/", grounds.ground, name="ground"),
    path("grounds/<uuid:ground>/publish/", grounds.publish, name="publish-ground"),
    path("grounds/<uuid:ground>/withdraw/", grounds.withdraw, name="withdraw-ground"),
    path("places/", places.places, name="places"),
    path("places/new/", places.new_place, name="new-place"),
    path("places/<uuid:place>/", places.place, name="place"),
    path("places/<uuid:place>/close/", places.close, name="close-place"),
    path("places/<uuid:place>/reopen/", places.reopen, name="reopen-place"),
    path("topics/", topics.topics, name="topics"),
    path("topics/new/", topics.new_topic, name="new-topic"),
    path("topics/<uuid:topic>/", topics.topic, name="topic"),
    path("topics/<uuid:topic>/close/", topics.close, name="close-topic"),
    path("topics/<uuid:topic>/reopen/", topics.reopen, name="reopen-topic"),
    path("replies/", replies.replies, name="replies"),
    path("replies/new/", replies.new_reply, name="new-reply"),
    path("replies/<uuid:reply>/", replies.reply, name="reply"),
    path("replies/<uuid:reply>/close/", replies.close, name="close-reply"),
    path("replies/<uuid:reply>/reopen/", replies.reopen, name="reopen-reply"),
    path("roster/", roster.roster, name="roster"),
    path("roster/new/", roster.new_shifts, name="new-shifts"),
    path("roster/<uuid:shift>/remove/", roster.remove, name="remove-shift"),
    path("roster/<uuid:shift>/restore/", roster.restore, name="restore-shift"),
]
