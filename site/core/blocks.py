"""StreamField blocks that every page can use; one template each in templates/blocks/."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.field_block import PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from core import sizes
from core.models.media import SiteImage
from core.page_index import page_address, page_index

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class SizedImageChooserBlock(ImageChooserBlock):
    """Chosen pictures come with their sizes, so that a page full of them asks the database once."""

    def bulk_to_python(self, values: list[int]) -> list[SiteImage | None]:
        images: dict[int, SiteImage] = self.model_class.objects.in_bulk(values)
        sizes.prepare(images.values())
        return [images.get(value) for value in values]


class ImageBlock(blocks.StructBlock):
    image = SizedImageChooserBlock(label=_("Afbeelding"))
    alt = blocks.CharBlock(
        label=_("Wat ziet u op de afbeelding?"),
        help_text=_("Voor mensen die de afbeelding niet zien. Laat leeg als het alleen sfeer is."),
        required=False,
        max_length=250,
    )
    caption = blocks.CharBlock(label=_("Onderschrift"), required=False, max_length=250)

    class Meta:
        label = _("Afbeelding")
        icon = "image"
        template = "blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Citaat"))
    attribution = blocks.CharBlock(label=_("Wie of wat zegt dit?"), required=False, max_length=120)

    class Meta:
        label = _("Citaat")
        icon = "openquote"
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Soort"),
        choices=[("info", _("Goed om te weten")), ("let-op", _("Let op")), ("goed", _("Gelukt"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Kop"), max_length=120)
    text = blocks.RichTextBlock(label=_("Tekst"), features=PLAIN_FEATURES)

    class Meta:
        label = _("Kader")
        icon = "info-circle"
        template = "blocks/callout.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Stap"), max_length=120)
    text = blocks.RichTextBlock(label=_("Uitleg"), features=PLAIN_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Stappen"), min_num=2)

    class Meta:
        label = _("Stappen")
        icon = "list-ol"
        template = "blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Vraag"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Antwoord"), features=PLAIN_FEATURES)


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), label=_("Vragen en antwoorden"))

    class Meta:
        label = _("Vragen en antwoorden")
        icon = "help"
        template = "blocks/questions.html"


class IndexedPageChooserBlock(PageChooserBlock):
    """Chosen pages come from the index; only those that nobody may see are asked of the database."""

    def bulk_to_python(self, values: list[int]) -> list[Page | None]:
        known = page_index().by_pk
        hidden = [value for value in values if value not in known]
        found = dict(zip(hidden, super().bulk_to_python(hidden), strict=True)) if hidden else {}
        return [known.get(value) or found.get(value) for value in values]


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address of the linked page in the reader's language, or the web address typed in."""
        page = self.get("page")
        return page_address(page.pk) if page else self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tekst van de link"), max_length=120)
    page = IndexedPageChooserBlock(label=_("Pagina op deze site"), required=False)
    url = blocks.URLBlock(label=_("Of een webadres"), required=False)
    text = blocks.CharBlock(label=_("Korte uitleg"), required=False, max_length=200)

    class Meta:
        value_class = LinkValue


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        label = _("Lijst met links")
        icon = "link"
        template = "blocks/links.html"


class TableBlock(blocks.StructBlock):
    """A plain table as lists of cells, so that every cell can be translated on its own."""

    caption = blocks.CharBlock(label=_("Waarover gaat de tabel?"), max_length=200)
    header = blocks.ListBlock(blocks.CharBlock(max_length=120, label=_("Kolomkop")), label=_("Kolommen"))
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, max_length=300, label=_("Cel")), label=_("Rij")),
        label=_("Rijen"),
    )
    row_header = blocks.BooleanBlock(label=_("De eerste kolom is een kop"), required=False, default=True)

    class Meta:
        label = _("Tabel")
        icon = "table"
        template = "blocks/table.html"


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Getal"), max_length=40)
    label = blocks.CharBlock(label=_("Wat zegt het getal?"), max_length=120)
    source = blocks.CharBlock(label=_("Bron"), max_length=160)
    date = blocks.DateBlock(label=_("Gemeten op"))


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=120)
    figures = blocks.ListBlock(FigureBlock(), label=_("Getallen"))

    class Meta:
        label = _("Getallen")
        icon = "order"
        template = "blocks/figures.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("Korte uitleg"), required=False, max_length=200)

    class Meta:
        label = _("Document om te downloaden")
        icon = "download"
        template = "blocks/download.html"


class BeforeAfterBlock(blocks.StructBlock):
    before = SizedImageChooserBlock(label=_("Vroeger"))
    before_alt = blocks.CharBlock(label=_("Wat ziet u op de foto van vroeger?"), max_length=250)
    after = SizedImageChooserBlock(label=_("Nu"))
    after_alt = blocks.CharBlock(label=_("Wat ziet u op de foto van nu?"), max_length=250)
    caption = blocks.CharBlock(label=_("Onderschrift"), required=False, max_length=250)

    class Meta:
        label = _("Vroeger en nu")
        icon = "copy"
        template = "blocks/before_after.html"


class MeldHetBlock(blocks.StaticBlock):
    class Meta:
        label = _("Meld het")
        icon = "warning"
        admin_text = _("Waar meldt u iets? De gegevens komen uit de instellingen van de site.")
        template = "blocks/meld_het.html"


class ToegankelijkheidBlock(blocks.StaticBlock):
    class Meta:
        label = _("Status van toegankelijkheid")
        icon = "check"
        admin_text = _("Status en link naar het register komen uit de instellingen van de site.")
        template = "blocks/toegankelijkheid.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Kop"), icon="title", max_length=120, template="blocks/heading.html")
    text = blocks.RichTextBlock(
        label=_("Tekst"), icon="pilcrow", features=TEXT_FEATURES, template="blocks/text.html"
    )
    image = ImageBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    questions = QuestionsBlock()
    links = LinksBlock()
    table = TableBlock()
    figures = FiguresBlock()
    download = DownloadBlock()
    before_after = BeforeAfterBlock()
    meld_het = MeldHetBlock()
    toegankelijkheid = ToegankelijkheidBlock()
