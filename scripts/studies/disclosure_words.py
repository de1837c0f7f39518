"""The words of docs/disclosure.md."""

HEAD = """\
# Can a withheld count be worked out?

Made by `python -m scripts.studies.disclosure`, seed {seed}; do not edit. The script invents counts,
puts them into a copy of the project as a council would put its own, and cleans them, so that they
pass the small-number rule. Then it attacks them. A count is *found* if fewer than {width} whole
numbers remain possible for it.

The attacker knows the rule, every printed count, every sum that links counts, and every printed
total of the borough exactly. (Each value and limit in `figures.csv` is made from a printed count and
reveals no more than that count. The audit of an edition checks this.)

- **small**: counts that are withheld because they are small, including single years of the borough.
- **found without cover**: how many of them the attack finds if no second count is withheld and the
  attacker knows this.
- **cover**: counts that are withheld to cover others.
- **found with cover**: how many withheld counts the attack finds then. It must be 0.
- **found whatever the total**: the same, for every exact total that the printed total leaves
  possible. The audit of an edition computes this, because it has no true counts. It must be 0.
- **found by an insider**: the same for an attacker who also knows which withheld counts are small.
  Protection against this is not promised, so the number is not always 0.

"Rounded to 1" is the council's rule without its rounding. It is the harder case for choosing cover."""

AFTER = """\
In all {tables} tables together ({refused} of them were refused by the rule and are not counted here):
{small} small counts; {found_without_cover} found without cover; {cover} withheld as cover;
{found_with_cover} found with cover; {found_whatever_the_total} found whatever the total;
{found_by_an_insider} found by an insider.

Every edition is attacked in this way before it is published, even if its counts are made up. Its
`disclosure-audit.csv` lists for each withheld count what remains possible under the total that
narrows it most; `possible` is counted up to 10. If a count is found, nothing is published (exit
code 14). The message names the ward and the figures, never the count. After that, every file is
read. A figure in the row or sentence of a withheld count, a checksum of a restricted file or a path
of the machine also stops the edition."""

REPLAY = """\
## An attacker who applies the rule to every possible table

This attacker rules out every table that the rule would have printed differently. All tables of
{wards} wards whose total is printed and at most {most} were tried under the council's rule
({tables} tables, {cells} withheld counts). For {narrowed} withheld counts fewer than {width} numbers
remain possible, and {narrowed_small} of those are small counts. There are far too many tables of all
wards to try. The result therefore covers small numbers of people and proves nothing about larger
tables."""

NOT_COVERED = """\
## What the audit does not cover

- **Applying the rule to every possible table**, as above. This was tried on small tables and is not
  ruled out for larger ones.
- **People who know a count.** A family knows about its child, and a service knows its cases. A person
  who knows one withheld count can work out others as far as the sums allow.
- **An insider** who knows which withheld counts are small. The rule protects against this person where
  withholding more counts, but no totals, is enough. In tables with sums in both directions it often
  is not.
- **A withheld total.** If only withholding the borough's own total protects, it is withheld and
  assumed to be unknown. If it is printed nationally, nothing here helps.
- **Many totals.** If the rounded totals can be read together in more than 25 ways, the audit takes
  one total at a time as known exactly, and the rule protects the true totals only.
- **Two ward sets.** The wards of both sets add up to the same borough, and are attacked together where
  their counts are of the same years. That an old and a new ward share neighbourhoods is not used.
- **Editions and papers that are no longer in `reports`**, or that are printed elsewhere. For those that
  are there, the `figures.csv` of each pack is read, and `controlled-counts.csv`, which has the counts
  of all wards that annexes and papers may show. If counts were revised under a new vintage, an earlier
  figure that a printed count now contradicts is left out. The others still count, because a revision
  of one ward leaves the others as they were. If no table fits all of them, they are tried one by one,
  edition by edition, and all that may be true together.
- **Signings and approvals.** `data/agreements/signed` and `data/approvals` keep figures as they were
  under the rule of their day, and the audit does not read them. No page gives such a figure again
  once the rule has changed or the figure is no longer published. If you make a rule stricter, show
  these folders to no one who may not see the counts.
- **Figures made from printed counts** (smoothed values, forecasts, tests, what a target would take).
  Each names the counts it is made from, and is refused if one of them is withheld. The audit does not
  check again that it is made from those alone. The layers of the library ensure it: nothing above
  `cleaning` has a count that did not pass the rule.
- **Words and pictures.** The scan of pages recognises digits, and a few words for numbers, near the
  name of a ward or an indicator. It does not see marks in charts.
- **Zeros** are printed, so a page shows that no young person in a ward entered the system."""

TOGETHER = "## Editions attacked together"  # written by disclosure_together, and kept by disclosure
