import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("file", models.FileField(upload_to="documents", verbose_name="file")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("file_size", models.PositiveBigIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documenten",
                "permissions": [("choose_document", "Can choose document")],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="SiteImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                (
                    "description",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="description"),
                ),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at"),
                ),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Wie maakte de afbeelding?",
                        max_length=120,
                        verbose_name="maker",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "afbeelding",
                "verbose_name_plural": "afbeeldingen",
                "permissions": [("choose_image", "Can choose image")],
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="SiteInstellingen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gemeente_naam",
                    models.CharField(default="Gemeente", max_length=80, verbose_name="naam van de gemeente"),
                ),
                (
                    "telefoon",
                    models.CharField(default="14 0255", max_length=20, verbose_name="telefoonnummer"),
                ),
                (
                    "telefoon_uren",
                    models.CharField(
                        blank=True,
                        help_text="Bijvoorbeeld: werkdagen 9.00 - 17.00 uur",
                        max_length=120,
                        verbose_name="wanneer bereikbaar",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                (
                    "slim_melden_url",
                    models.URLField(
                        blank=True, verbose_name="webadres om iets in de openbare ruimte te melden"
                    ),
                ),
                (
                    "politie_telefoon",
                    models.CharField(blank=True, max_length=20, verbose_name="politie, geen spoed"),
                ),
                (
                    "is_demo",
                    models.BooleanField(
                        default=False,
                        help_text="Boven elke pagina staat dan dat de inhoud bedacht is.",
                        verbose_name="dit is een voorbeeldsite",
                    ),
                ),
                (
                    "storing_melding",
                    models.CharField(
                        blank=True,
                        help_text="Staat boven elke pagina.",
                        max_length=250,
                        verbose_name="melding van een storing",
                    ),
                ),
                (
                    "security_contact",
                    models.CharField(
                        blank=True,
                        help_text="Komt in security.txt. Begin met mailto: of https://.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(mailto:|https://)", "Begin met mailto: of https://."
                            )
                        ],
                        verbose_name="contact voor wie een lek vindt",
                    ),
                ),
                (
                    "toegankelijkheid_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nog niet onderzocht"),
                            ("A", "A: voldoet volledig"),
                            ("B", "B: voldoet gedeeltelijk"),
                            ("C", "C: eerste maatregelen genomen"),
                            ("D", "D: voldoet niet"),
                            ("E", "E: geen verklaring"),
                        ],
                        max_length=1,
                        verbose_name="status van toegankelijkheid",
                    ),
                ),
                (
                    "toegankelijkheid_url",
                    models.URLField(blank=True, verbose_name="verklaring in het register"),
                ),
                (
                    "toegankelijkheid_datum",
                    models.DateField(blank=True, null=True, verbose_name="onderzocht op"),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "instellingen van de site",
            },
        ),
        migrations.CreateModel(
            name="ZoektermZonderResultaat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=80, verbose_name="zoekterm")),
                ("language", models.CharField(max_length=20, verbose_name="taal")),
                ("on", models.DateField(verbose_name="dag")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="aantal keren")),
            ],
            options={
                "verbose_name": "zoekterm zonder resultaat",
                "verbose_name_plural": "zoektermen zonder resultaat",
                "ordering": ["-on", "-count", "term"],
                "constraints": [
                    models.UniqueConstraint(fields=("term", "language", "on"), name="core_zoekterm_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="core.siteimage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "filter_spec", "focal_point_key"), name="core_rendition_unique"
                    )
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Brontekst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("texts", models.JSONField(default=list)),
                ("is_current", models.BooleanField(default=False)),
                ("current_since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "brontekst",
                "verbose_name_plural": "bronteksten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("translation_key", "digest"), name="core_brontekst_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("translation_key",),
                        name="core_brontekst_one_current",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vertaalstand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("total", models.PositiveIntegerField(verbose_name="aantal teksten")),
                ("missing", models.PositiveIntegerField(verbose_name="niet vertaald")),
                ("is_machine", models.BooleanField(default=False, verbose_name="door een computer vertaald")),
                ("published_at", models.DateTimeField(verbose_name="gepubliceerd op")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="nagekeken op")),
                (
                    "is_native",
                    models.BooleanField(
                        default=False, verbose_name="door iemand met deze taal als moedertaal"
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.locale"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="core.brontekst",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertaalstand",
                "verbose_name_plural": "vertaalstanden",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("translation_key", "locale"), name="core_vertaalstand_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missing__lte", models.F("total"))),
                        name="core_vertaalstand_no_more_missing_than_there_are",
                    ),
                ],
            },
        ),
    ]
