"""What others may want to do when somebody signed up: send a receipt, for one."""

from django.dispatch import Signal

# With `aanmelding` and `persoon`, inside the transaction.
signed_up = Signal()
# With `aanmelding`, `persoon`, the names of what changed, and the mail address before it, inside the
# transaction.
person_corrected = Signal()
# With `aanmelding` and `persoon`, inside the transaction.
withdrawn = Signal()
# With `aanmelding` just before it is deleted, inside the transaction.
erased = Signal()
