"""What others may want to do when somebody signed up: send a receipt, for one."""

from django.dispatch import Signal

# With `aanmelding` and `persoon`, inside the transaction.
signed_up = Signal()
# With `aanmelding`, `persoon` and the names of what changed, inside the transaction.
person_corrected = Signal()
