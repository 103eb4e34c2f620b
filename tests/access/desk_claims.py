"""Claims for the editors' desk: Wagtail's screens, by name or by namespace."""

from typing import Any

from tests.access.claims import FORM, Claim, Exemption, each
from tests.access.rules import (
    ADMINISTRATION,
    AT_DESK,
    DESK_DOOR,
    KEEPS_BANKS,
    NO_SCREEN,
    OPEN_PARTS,
    REFUSED_TO_ALL,
    SCORES_ANEW,
    SHUT,
    Rule,
)
from tests.access.trying import METHODS
from tests.access.world import World


def _claims(group: str, rule: Rule, *labels: str, accepts: tuple[str, ...] = FORM, **more: Any) -> list[Claim]:
    return [Claim(label, f"The desk: {group}", rule, None, accepts, is_at_desk=True, **more) for label in labels]


def _moved_by_api(world: World, of: str) -> str:
    return f"/admin/api/main/pages/{world.page(f'own-lesson-{of}').pk}/action/move/"


DESK_CLAIMS = [
    *_claims(
        "pages", AT_DESK,
        "wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results",
        "wagtailadmin_pages:", "wagtail_bulk_action", "publish_checks", "publish_checks_of_form",
        "page_change", "second_look", "fact_checks", "page_from_word", "word_report",
        "pasted_blocks", "module_rules",
        "admin/api/main/pages/<int:pk>/action/publish/",
        "admin/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/",
        "admin/pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/",
    ),
    *_claims(
        "choosers", AT_DESK,
        "wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete", "wagtaildocs_chooser:",
        "wagtailimages_chooser:", "wagtailsnippetchoosers_reference_glossaryterm:",
        "wagtailsnippetchoosers_reference_source:", "wagtailsnippetchoosers_reference_legalstatement:",
        "wagtailembeds:", "wagtailadmin_workflows:task_chooser",
        "wagtailadmin_workflows:task_chooser_results", "wagtailadmin_workflows:task_chooser_create",
        "wagtailadmin_workflows:task_chosen",
    ),
    *_claims(
        "choosers", AT_DESK, "wagtailadmin_choose_page_external_link",
        data=lambda world, of: {"external-link-chooser-url": "https://example.org/"},
    ),
    *_claims(
        "question banks", KEEPS_BANKS,
        "bank_list", "bank", "bank_write", "bank_check", "bank_type", "bank_item", "bank_item_compare",
        "bank_item_write", "bank_item_try", "bank_pictures", "quiz_draws", "quiz_draws_check",
        reveals=("key", "rubric"),  # every question with its answers and why
    ),
    *_claims("question banks", SCORES_ANEW, "bank_item_regrade", reveals=("key", "rubric")),
    *_claims("its API", AT_DESK, "wagtailadmin_api:"),
    Claim(
        "admin/api/main/pages/<int:pk>/action/<str:action_name>/",
        "The desk: its API, where it would ask no hook of ours",
        REFUSED_TO_ALL, each(("a", "b"), _moved_by_api), FORM, is_at_desk=True,
    ),
    *_claims(
        "documents, pictures, film files", AT_DESK,
        "wagtaildocs:", "wagtailimages:", "wagtailmedia:", "admin/images/<int:image_id>/delete/",
        "admin/documents/delete/<int:document_id>/", "admin/media/delete/<int:media_id>/",
    ),
    *_claims(
        "glossary, sources and legal statements", AT_DESK,
        "wagtailsnippets:", "admin/snippets/choose/reference/<slug:model>/create/",
        "wagtailsnippets_reference_glossaryterm:", "wagtailsnippets_reference_source:",
        "wagtailsnippets_reference_legalstatement:",
    ),
    *_claims("reports and history", AT_DESK, "wagtailadmin_reports:", "report_overdue", "report_overdue_results",
        "report_not_checked", "report_not_checked_results", "report_links", "report_links_results",
        "report_readership", "report_readership_results", "report_media", "report_media_results",
        "report_law", "report_law_results"),
    *_claims(
        "one's own account and small parts", AT_DESK,
        "wagtailadmin_account", "wagtailadmin_dismissibles", "wagtailadmin_editing_sessions:",
        "wagtailadmin_block_preview", "admin/test404/", "wagtailredirects:", "redirects_taken_in",
        "wagtailadmin_collections:",
    ),
    *_claims("no such screen", NO_SCREEN, "admin/^.*/$", accepts=METHODS),
    *_claims(
        "people, organisations, cohorts, groups, sites, languages, workflows", ADMINISTRATION,
        "wagtailusers_users:", "wagtailusers_groups:", "organisation_sign_ins:", "legalhold:", "removal:",
        "area:", "organisation:", "organisationrole:", "cohort:", "cohortoffer:", "cohortrole:", "appointment:",
        "wagtailsites:", "wagtaillocales:", "wagtailadmin_workflows:",
    ),
    *_claims("its signs and words", OPEN_PARTS, "wagtailadmin_sprite", accepts=METHODS),
    *_claims("its signs and words", OPEN_PARTS, "wagtailadmin_javascript_catalog", accepts=("GET",)),
    *_claims("its doors", DESK_DOOR, "admin/login/", "wagtailadmin_login"),
    *_claims("its doors", DESK_DOOR, "wagtailadmin_logout", accepts=("POST",)),
    *_claims(
        "its own passwords", SHUT,
        *(f"wagtailadmin_password_reset{rest}" for rest in ("", "_done", "_confirm", "_complete")),
    ),
]  # fmt: skip

DESK_EXEMPT = [
    Exemption("wagtailadmin_error_test", "Wagtail's own way to see the error page: it raises an error on purpose"),
]
