"""PDFs from templates: forms on paper, receipts, letters."""

from core.pdf.making import PdfError, PdfNotAvailable, make, make_letters, paper, pdf_response

__all__ = ["PdfError", "PdfNotAvailable", "make", "make_letters", "paper", "pdf_response"]
