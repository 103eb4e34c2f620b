"""A learner in a course."""

from django.urls import path

from . import films, lessons, live, note_views, practising, quiz, record_views

urlpatterns = [
    path("learn/<uuid:activity_uuid>/read/", lessons.read, name="lesson_read"),
    path("learn/<uuid:activity_uuid>/place/", lessons.place, name="lesson_place"),
    path("learn/<uuid:activity_uuid>/section/<slug:key>/", lessons.section, name="lesson_section"),
    path("learn/<uuid:activity_uuid>/reflection/<uuid:block>/", lessons.reflect, name="lesson_reflect"),
    path("learn/<uuid:activity_uuid>/film/", films.film, name="film_activity"),
    path("learn/<uuid:activity_uuid>/film/read/", films.read, name="film_read"),
    path("learn/<uuid:activity_uuid>/live/", live.activity, name="live_activity"),
    path("live/<uuid:enrolment>/", live.index, name="live_sessions"),
    path("live/<uuid:session>/session.ics", live.calendar, name="live_calendar"),
    path("learn/<uuid:activity_uuid>/notes/", note_views.add, name="note_add"),
    path("my-learning/written/", note_views.my_notes, name="my_notes"),
    path("my-learning/written/<uuid:note_uuid>/", note_views.note, name="note"),
    path("my-learning/record/", record_views.record, name="learning_record"),
    path("my-learning/record/file/<slug:form>/", record_views.record_file, name="learning_record_file"),
    path("my-learning/record/elsewhere/", record_views.elsewhere_add, name="elsewhere_add"),
    path("my-learning/record/elsewhere/<uuid:entry_uuid>/", record_views.elsewhere, name="elsewhere"),
    path("quiz/<uuid:assessment_uuid>/", quiz.start, name="quiz_start"),
    path("attempt/<uuid:attempt_uuid>/<int:position>/", quiz.question, name="quiz_question"),
    path("attempt/<uuid:attempt_uuid>/<int:position>/save/", quiz.save, name="quiz_save"),
    path("attempt/<uuid:attempt_uuid>/check/", quiz.check, name="quiz_check"),
    path("attempt/<uuid:attempt_uuid>/hand-in/", quiz.hand_in, name="quiz_hand_in"),
    path("attempt/<uuid:attempt_uuid>/result/", quiz.result, name="quiz_result"),
    path("attempt/<uuid:attempt_uuid>/how-sure/", quiz.how_sure, name="quiz_how_sure"),
    path("attempt/<uuid:attempt_uuid>/practice/", practising.begin, name="quiz_practise"),
    path("attempt/<uuid:attempt_uuid>/practice/<str:drawn>/<int:number>/", practising.practice, name="quiz_practice"),
]
