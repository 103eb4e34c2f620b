"""What the screens of the editors' desk are tried with: each parameter of their addresses, filled from the world."""

from typing import Any

from django.contrib.auth.models import Group
from wagtail.images import get_image_model
from wagtail.models import Locale, Site, Task, Workflow

from enrolments.models import Appointment, CohortOffer, CohortRole
from people.models import Area, OrganisationRole, OrganisationSignIn
from privacy.models import LegalHold, Removal
from publishing.models import SecondReading
from reference.models import GlossaryTerm, LegalStatement, Source
from tests.access.addresses import Known
from tests.access.claims import Places
from tests.access.names import word
from tests.access.world import World

WRITTEN_OUT = {
    "wagtailadmin_pages:revisions_compare": ["pages/{page_id}/revisions/compare/earliest...latest/"],
    "wagtailmedia:add": ["media/video/add/"],
    "wagtailmedia:chooser_typed": ["media/chooser/video/"],
    "wagtailmedia:chooser_upload": ["media/video/chooser/upload/"],
    "admin/^.*/$": ["no/such/screen/"],
    "wagtailadmin_tag_model_autocomplete": [
        "tag-autocomplete/people/user/?term=zq",
        "tag-autocomplete/taggit/tag/?term=zq",
    ],
    "wagtailadmin_editing_sessions:ping": [
        "editing-sessions/ping/people/user/{user}/1/",
        "editing-sessions/ping/enrolments/enrolment/{enrolment}/1/",
        "editing-sessions/ping/wagtailcore/page/{page_id}/1/",
    ],
    "wagtail_bulk_action": [
        "bulk/people/user/assign_role/?id={user}",
        "bulk/people/user/delete/?id={user}",
        "bulk/people/user/set_active_state/?id=all&q={name}",
        "bulk/enrolments/enrolment/delete/?id={enrolment}",
        "bulk/wagtailcore/page/unpublish/?id={page_id}",
        "bulk/wagtailcore/page/delete/?id=all&childOf={page_id}",
        "bulk/media/sitedocument/delete/?id={document_id}",
        "bulk/reference/glossaryterm/delete/?id={term}",
    ],
    "wagtailadmin_pages:add": [
        "pages/add/courses/lessonpage/{parent_page_id}/",
        "pages/add/people/user/{parent_page_id}/",
    ],
    "wagtailadmin_pages:type_use": ["pages/usage/courses/lessonpage/", "pages/usage/people/user/"],
    "wagtailadmin_pages:search": ["pages/search/?q={name}"],
    "wagtailadmin_choose_page_search": ["choose-page/search/?q={name}"],
    "wagtailadmin_api:pages:listing": ["api/main/pages/?fields=*&limit=20", "api/main/pages/?search={name}"],
    "wagtailadmin_api:pages:detail": ["api/main/pages/{page_id}/?fields=*"],
    "wagtailadmin_api:documents:listing": ["api/main/documents/?fields=*"],
    "wagtailadmin_reports:site_history": ["reports/site-history/", "reports/site-history/?user={user}&object_type=1"],
}


def values(world: World, side: str) -> dict[str, Any]:
    """What parameters stand for, asked once in a test: what a screen changes is put back before the next is tried."""
    if side not in world.at_the_desk:
        world.at_the_desk[side] = _values(world, side)
    return dict(world.at_the_desk[side])


def _values(world: World, side: str) -> dict[str, Any]:
    """What each parameter's name stands for on a side: a lesson, a person, a paper, and what Wagtail always has."""
    page, draft = world.page(f"own-lesson-{side}"), world.page(f"draft-{side}")
    image, source = get_image_model().objects.first(), Source.objects.first()
    revision = draft.latest_revision
    return {
        "user": world.people[f"learner_{side}"].pk,
        "name": word("name", f"learner_{side}"),
        "sign_in": OrganisationSignIn.objects.get(key=f"side-{side}").pk,
        "hold": LegalHold.objects.get(person=world.people[f"learner_{side}"]).pk,
        "removal": Removal.objects.get(person=world.people[f"learner_{side}"]).pk,
        "area": Area.objects.get(key=f"side-{side}").pk,
        "organisation": world.booker(side).pk,
        "organisation_role": OrganisationRole.objects.get(person=world.people[f"lead_{side}"]).pk,
        "cohort": world.cohort(side).pk,
        "offer": CohortOffer.objects.get(cohort=world.cohort(side)).pk,
        "cohort_role": CohortRole.objects.get(person=world.people[f"cohort_supervisor_{side}"]).pk,
        "appointment": Appointment.objects.get(person=world.people[f"supervisor_{side}"]).pk,
        "enrolment": world.runs[f"learner_{side}"].pk,
        "page_id": page.pk,
        "reading": SecondReading.objects.get(page_id=page.pk).uuid,
        "page_pk": page.pk,
        "parent_page_id": page.get_parent().pk,
        "page_to_move_id": page.pk,
        "destination_id": page.get_parent().pk,
        "revision_id": revision.pk if revision else 0,
        "content_type_app_name": "courses",
        "content_type_model_name": "lessonpage",
        "app_label": "courses",
        "app_name": "courses",
        "model_name": "lessonpage",
        "action_name": "publish",
        "action": "delete",
        "workflow_state_id": 1,
        "task_state_id": 1,
        "task_id": Task.objects.values_list("pk", flat=True).first(),
        "workflow_pk": Workflow.objects.values_list("pk", flat=True).first(),
        "collection_id": world.document(side).collection_id,
        "document_id": world.document(side).pk,
        "doc_id": world.document(side).pk,
        "uploaded_file_id": 1,
        "image_id": image.pk,
        "filter_spec": "original",
        "media_id": world.film(side).film_file.pk,
        "redirect_id": 1,
        "session_id": 1,
        "object_id": page.pk,
        "term": GlossaryTerm.objects.values_list("pk", flat=True).first(),
        "source": source.pk,
        "law": LegalStatement.objects.values_list("pk", flat=True).first(),
        "model": "source",
        "group": Group.objects.values_list("pk", flat=True).first(),
        "site": Site.objects.values_list("pk", flat=True).first(),
        "locale": Locale.objects.values_list("pk", flat=True).first(),
        "bank_key": world.met(side).item.bank.key,
        "item_uuid": world.met(side).item.uuid,
        "quiz_uuid": world.met(side).attempt.assessment.uuid,
        "uidb64": "MQ",
        "token": "set-password",
    }


def _pk(known: Known, found: dict[str, Any]) -> Any:
    """What `pk` means depends on whose screens these are."""
    owners: dict[str, Any] = {
        "wagtailusers_users": found["user"],
        "organisation_sign_ins": found["sign_in"],
        "legalhold": found["hold"],
        "removal": found["removal"],
        "area": found["area"],
        "organisation": found["organisation"],
        "organisationrole": found["organisation_role"],
        "cohort": found["cohort"],
        "cohortoffer": found["offer"],
        "cohortrole": found["cohort_role"],
        "appointment": found["appointment"],
        "wagtailusers_groups": found["group"],
        "wagtailsites": found["site"],
        "wagtaillocales": found["locale"],
        "wagtailadmin_collections": found["collection_id"],
        "wagtailadmin_workflows": found["workflow_pk"],
        "wagtailadmin_api:documents": found["document_id"],
        "wagtailadmin_api:images": found["image_id"],
        "wagtaildocs_chooser": found["document_id"],
        "wagtailimages_chooser": found["image_id"],
        "wagtailsnippets_reference_glossaryterm": found["term"],
        "wagtailsnippetchoosers_reference_glossaryterm": found["term"],
        "wagtailsnippets_reference_source": found["source"],
        "wagtailsnippets_reference_legalstatement": found["law"],
        "wagtailsnippetchoosers_reference_legalstatement": found["law"],
        "wagtailsnippetchoosers_reference_source": found["source"],
    }
    return owners.get(known.name.rpartition(":")[0], found["page_id"])


def places_of(known: Known) -> Places:
    """Where a screen of the desk is tried: with the things of each side, once where it names none."""

    def places(world: World) -> dict[str, str]:
        given = values(world, "b")  # to the desk one side is like the other
        given["pk"] = _pk(known, given)
        routes = WRITTEN_OUT.get(known.label)
        filled = [f"/admin/{one.format(**given)}" for one in routes] if routes else [known.filled(given)]
        return {f"b {number}": address for number, address in enumerate(filled)}

    return places
