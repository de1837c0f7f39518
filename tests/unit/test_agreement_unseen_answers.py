"""How many empty answers are met, and how few honest ones, of a set that nothing was fitted to.

The two sets of 60 were written first. Words were then added with the first half of each in view, and
the second half was read once, at the end. Its counts stand here. Adding its phrases to a list
would make these counts worth nothing; write new sets instead.
"""

import pytest

from darlington_analysis.agreements.checks.answers import is_nothing
from darlington_analysis.agreements.checks.phrases import names_nothing

WHERE = ("fairness", "who_gains")
EMPTY = """
We will give it our all
To be firmed up in the coming months
Our commitment to this is total
A joined approach by all agencies
Residents will feel the benefit
Subject to resources
A fair share for everybody
It has been taken on board
A robust process will be followed
Local people know best
Everyone who is affected
It is hoped that things will improve
Making best use of what we have
We would like to see a change
That is still up in the air
It's a team effort
The right support at the right time
We will build on what works
Ask those who know
This will evolve
More detail can be provided on request
Meaningful engagement with stakeholders
People who are disadvantaged
Pretty much everyone round here
Not relevant to this project
Hard work and dedication
Strong local leadership
It will take as long as it takes
Improving quality of life
To raise awareness
"""
HONEST = """
The youth club opens Tuesdays
Free. The church lends the hall.
Me and four others do the teas
The bus does not run after seven
We have got a kettle and ten chairs
The lights are out on the back lane
Kids get their tea there
Whoever has a dog
We ask at the gate
Less litter
Nobody has to walk home alone
The old lot from the bowls
It was too cold
Single blokes
The doctor sends them
They said the forms were too long
Anyone with a pram
We take turns
Those who cannot hear well
Wednesday mornings, term time
Renters
No steps at the door
We share the cooking
Widows
The school said no
By phone, or we knock
Carers
They eat together
We count heads
Shift workers at the warehouse
"""
EMPTY_UNSEEN = """
Where suitable and practical
The matter rests with those responsible
We want to see improvements
Using the skills and talents of all
We will respond to need
Through good communication
Nothing can be ruled out
We see this as a journey
With support from the relevant services
We're all singing from the same hymn sheet
As circumstances allow
Delivering positive outcomes
By empowering the community
Our aim is to be inclusive
Nobody has raised any concerns
All the usual checks
We aim high
The community as a whole
We'll play our part
There is a lot going on
A proportionate response
We will leave that to the experts
The most vulnerable
I don't really know what to put
Same for all
We'll know it when we see it
We have always been fair
Lessons will be learned
Together we are stronger
A better future for all
"""
HONEST_UNSEEN = """
Mums from the school
Lads who hang about by the shops
My neighbour cannot get up the stairs
Nan's generation, mostly
Dads never come
Someone sits with the little ones
People on nights miss out
The vicar has the key
Folk who cannot read
Pay the electric
A lad from the garage fixes bikes
Two of us have a first aid badge
Half of them had moved
We put it on Facebook
More came when it was dry
Cheap lunches
Poles and Romanians on our street
You get a cuppa and a chat
The tutor left
Her sister does the books
The foodbank has a list
Nobody under ten on their own
The café man gives us bread
We lost the room
Five more came
It's warm and it's free
The police come once a month
The roof leaks
Girls only on Fridays
No money for a bus
"""


def counted(text: str) -> tuple[int, int]:
    """Return how many lines are refused, and how many others are asked about."""
    lines = text.strip().splitlines()
    assert len(lines) == 30
    refused = [line for line in lines if is_nothing(WHERE, line.strip("."))]
    asked = [line for line in lines if line not in refused and names_nothing(line)]
    return len(refused), len(asked)


@pytest.mark.requirement(57, 58)
def test_empty_answers_that_nothing_was_fitted_to_are_mostly_refused_or_asked_about():
    """Of 30 unseen ones 16 are refused and 7 are asked about; the other 7 pass."""
    assert (16, 7) == counted(EMPTY_UNSEEN)
    assert (14, 16) == counted(EMPTY)


def test_no_honest_short_answer_is_refused_or_asked_about():
    """None of 30 unseen ones, and none of the 30 that were in view."""
    assert (0, 0) == counted(HONEST_UNSEEN)
    assert (0, 0) == counted(HONEST)


@pytest.mark.parametrize(
    "words", ["Allotment holders", "12", "Two", "By committee", "The pavement"]
)
def test_one_thing_place_or_number_is_enough(words):
    """Words that end as those of ideas do may be of things and places."""
    assert not names_nothing(words)


@pytest.mark.parametrize(
    "words", ["Our commitment", "Planned improvements", "Agencies joined up", "Largely supportive"]
)
def test_a_vague_word_is_known_in_each_of_its_forms(words):
    """So the lists hold one form of each word, and endings tell words for ideas."""
    assert names_nothing(words)
