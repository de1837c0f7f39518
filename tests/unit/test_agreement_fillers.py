"""Phrases that could answer any question are refused in every field that people write freely."""

import pytest

from darlington_analysis.agreements.checks.answers import is_nothing

FIELDS = [
    *(("principles", key) for key in ("active_citizenship", "empowerment", "made_together")),
    *(("principles", key) for key in ("hidden_resources", "fairness")),
    *(("fairness", key) for key in ("who_gains", "who_bears_the_need", "who_may_lose")),
    *(("fairness", key) for key in ("protects_the_vulnerable", "why_uneven")),
    *(
        ("outcomes", 0, key)
        for key in ("words", "parked_because", "rest_from", "missing_from_data")
    ),
    *(("actions", 0, key) for key in ("what", "how", "delivers", "shared_risk", "in_the_way")),
    *(("decisions", 0, key) for key in ("words", "why", "evidence")),
    *(("reviews", 0, key) for key in ("learned", "changes")),
    *(("ideas", 0, key) for key in ("words", "capacity", "because")),
    *(("partners", 0, key) for key in ("part", "route")),
    *((table, 0, "words") for table in ("knowledge", "strengths", "blockers", "training")),
    *(("promises", key, 0) for key in ("we_will", "you_will", "you_can_expect")),
    ("outcomes", 0, "signs", 0),
    ("data_wanted", 0, "words"),
    ("independence", "criteria", 0),
    ("no_low_cost_idea_because",),
    ("consultation", "approach_introduced"),
    ("offer", "grant"),
]
FILLERS = """
We shall see
in due course
work in progress
everyone will do what they can
we are committed to this
it will be looked at
We will do our best
The Council will do its best
Both sides will try their hardest
We'll cross that bridge when we come to it
That will be sorted out nearer the time
It's being dealt with
We'll have a think about it
Details will follow
This is ongoing
We take this very seriously
This is very important to us
Through partnership working
By working together
With everyone's help
We will work hard on it
Everything is in hand
Watch this space for now
To be finalised soon
Subject to further discussion
As and when needed
We believe in this
In the usual way
We'll keep an eye on it
Common sense will prevail
The right people will be involved
Whoever is best placed
It goes without saying
Not an issue for us
Nothing more to say
No further comment at this stage
Both parties are happy
Every effort will be made
We will endeavour to make it happen
Something will be worked out
We shall cross that bridge then
Appropriate arrangements will be made
All relevant people will be told
We have it covered
It is under control
We will make sure it happens
We'll find a way
We are on it
Let's see how it goes
Will be decided at a later date
We always do this
Same as everywhere else
We do it as we always have
By being fair to everyone
We mean well
As the group sees fit
We will figure it out
We're working on that
It will all come out in the wash
The details have not been settled yet
That's a matter for the Council
Leave it with us
We'll let you know
Everybody pulls their weight
This will be picked up later
It is being actioned
To be determined in consultation
We welcome everyone
Our door is always open
All voices are heard
Nobody will be forgotten
We strive for excellence
The partnership is aware of this
It's all under control, thank you
We'll do it together
Further work is needed on this
We'll know when we know
There are plans afoot
The group will take this forward
Happy to discuss
Everyone matters equally
In accordance with good practice
The necessary steps are being taken
We are confident it will work
It will be monitored closely
Everything possible is done
By listening to people
We shall do all we can
As set out in the agreement
Please refer to the plan
Through regular communication with all parties
It'll be fine
Can't say at the moment
It's on our list
We'll come up with something
The same applies here
Like last time
Whatever the group decides
In the best possible way
We always put people first
We are open to ideas
We will review this regularly
We have plans for that
It is early days
That is being thought through
Ask me another
Both sides are keen
No decision has been taken so far
We'll work on the details later
It should sort itself out
Officers are looking at it
This needs more thought
We will consult widely
There will be a discussion about it
Same process as normal
It is what it is
We do not foresee any difficulties
In consultation with partners
To be reported back
We are doing everything we can
The matter is being progressed
It is covered by our procedures
All in good time
That will become clear
Just as everybody would expect
We treat all people with respect
Needs to be explored further
We are hopeful
As the need arises
Anything is possible
The Council will advise
Nothing has been agreed yet
It will be shared fairly
We stand by our values
See how we get on
Not really applicable here
As much help as possible
Both will do their part
It is a work in progress
"""
ANSWERS = """
Carers of older people
Parents of toddlers
The committee votes, the Council breaks a tie.
Retired joiners and a choir
Members vote by show of hands
Two checked helpers stay in the room
Nobody: the hall stood empty.
Shift workers who miss the class
Men laid off from the works
Learners choose the books with the tutor
Four volunteers hold a key
Hire fees pay for the heating
The school lends its kitchen
Police plan comes out in May
We knocked on every door of the flats
Night workers and wheelchair users
Women who walk home late
A lift for whoever has no car
Tenants run the room
The winter was wet and few came
The bus stopped at six
It costs nothing to join
Signs in four languages
People who rent
Mothers on short shifts
The warden reads the rota out
Lone parents with prams
Crop shares go to the food bank
Two keys, one with each side
Bookkeepers from the old works
By ballot each March
Anybody who cannot climb stairs
A ramp and a hearing loop
Nobody else had a kitchen
The landlord and his tenants
Weekly counts at the door
Bus drivers on nights
Cooks and gardeners of the flats
The tutor marks, learners choose
Rent rises eat the savings
Teenagers who left school early
Swimmers lose one lane
Half the fees are covered by hire
Six sessions run without a worker
Dog walkers and joggers
A rota on the noticeboard
Cash from the summer raffle
Deaf residents get a signer
Old miners know the drains
Votes are cast in the chapel
The Council arbitrates within a fortnight
Sixteen families on the waiting list
A locksmith cut four spares
Quiet hour for autistic children
Allotment holders lose a shed
Refugees with no papers
A crèche runs beside the class
Readers aged over seventy
Cyclists get a stand
Each street sends one delegate
Fewer lamps are broken
Lunch is cooked by pensioners
Minutes are pinned in the shop window
Tenants in arrears
"""
STANCES = """
We can live with this
We agree to it
The Council accepts this
We want this first
Happy with this
"""


def lines(text: str) -> list[str]:
    """Return the lines of a list."""
    return text.strip().splitlines()


@pytest.mark.requirement(37, 57, 58, 143)
@pytest.mark.parametrize("words", lines(FILLERS))
def test_a_phrase_without_content_is_no_answer_in_any_field(words):
    """“We will do our best” says nothing of who decides, who gains or what is done."""
    assert [] == [where for where in FIELDS if not is_nothing(where, words.strip("."))]


@pytest.mark.parametrize("words", lines(ANSWERS))
def test_a_short_good_answer_passes_in_every_field(words):
    """One word that is of this place is enough."""
    assert [] == [where for where in FIELDS if is_nothing(where, words.strip("."))]


@pytest.mark.parametrize("words", lines(STANCES))
def test_a_side_may_accept_in_common_words(words):
    """A position that says yes needs no other content; “We shall see” is none."""
    where = ("positions", 0, "words")
    assert not is_nothing(where, words)
    assert is_nothing(where, "We shall see")
    assert is_nothing(where, "We will do our best")
