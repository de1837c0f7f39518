"""The words of docs/disclosure.md."""

HEAD = """\
# Can a withheld count be worked out?

Made by `python scripts/attack_editions.py`, seed {seed}; do not edit. Counts are made up, dropped
into a copy of the project as a council's own would be, cleaned, and gated. Then they are
attacked. A count is *found* when fewer than {width} whole numbers remain possible for it.

The attacker knows the rule, every printed count, every sum that binds counts, and every printed
total exactly. (Each value and limit in `figures.csv` is made from a printed count and says no
more than it; the audit of an edition checks that.)

- **small**: counts withheld for their own size, the borough's single years among them.
- **found without cover**: how many of them the attack finds where no second count is withheld.
- **cover**: counts withheld to cover others.
- **found with cover**: how many withheld counts the attack finds then. It must be 0.
- **found whatever the total**: the same, for every exact total that the printed one leaves
  possible. This is what the audit of an edition works out, since it has no true counts. It must
  be 0.
- **found by an insider**: the same for somebody who has also learned which withheld counts are
  small. This is not promised, and so not always 0.

Rounded to 1 is the council's rule without its rounding: the harder case for the choice of cover."""

AFTER = """\
All together, in {tables} tables ({refused} of them refused by the gate, and not counted here):
{small} small counts; {found_without_cover} found without cover; {cover} withheld as cover;
{found_with_cover} found with cover; {found_whatever_the_total} found whatever the total;
{found_by_an_insider} found by an insider.

Every edition is attacked like this before it is put in place, whatever its counts are, made-up
ones included. Its `disclosure-audit.csv` says for each withheld count what remains possible,
under the total that narrows it most; `possible` is counted no further than 10. If a count is
found, nothing is published (exit code 14) and the message names the ward and the figures, never
the count. After that every file is read: a withheld count's row or sentence with a figure in it,
a checksum of a restricted file or a path of the machine stops the edition too."""

REPLAY = """\
## Somebody who runs the gate on every table there could be

Such a person strikes out every table that the gate would have printed otherwise. Tried on all
tables of {wards} wards, under the council's rule, whose total is printed and at most {most}
({tables} tables, {cells} withheld counts): {narrowed} withheld counts are left fewer than {width}
numbers, {narrowed_small} of them small ones. Tables of all wards are far too many to try, so this
shows how such a person fares where few people are counted, and proves nothing of larger tables."""

NOT_COVERED = """\
## What the audit does not cover

- **Replay**, as above: it was tried on small tables, and is not ruled out for larger ones.
- **People who know a count.** A family knows its own child; a service knows its own cases.
  Whoever knows one withheld count can work out others as far as the sums allow.
- **An insider** who has learned which withheld counts are small. The gate keeps such a person out
  where more counts, but no totals, can do it. In tables with sums both ways that is often not so.
- **A withheld total.** Where only withholding the borough's own total protects, it is withheld,
  and is taken to be known nowhere. If it is printed nationally, nothing here helps.
- **Many totals.** With more than 25 ways to read the rounded totals together, the audit takes one
  total at a time as known exactly, and the gate guards the true ones alone.
- **Two ward sets.** Old and new wards share neighbourhoods. Counts of the same years for both are
  not set against each other; no edition prints such counts for the same years.
- **Editions that are no longer in `reports`**, or that are printed elsewhere. Of those that are
  there, each pack's `figures.csv` is read: of an edition of a few packs, only those wards. If
  counts were revised under a new vintage, earlier figures are set aside as no longer of the same
  counts.
- **Figures made from printed counts** (smoothed values, forecasts, tests, what a target would
  take): each says which counts it is made from, and is refused if one of them is withheld. That
  it is made from those alone is kept by the floors of the library (only gated rows lie above
  `cleaning`), and is not worked out again.
- **Words and pictures.** The reading of pages knows digits, and a few words for numbers, near a
  ward's name or an indicator's. It does not look at marks in charts, nor into other file types.
- **Noughts** are printed. That nobody in a ward entered the system is told."""
