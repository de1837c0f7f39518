"""What words say: refusals, a whole ward, nothing at all; and what is said rightly passes."""

import pytest

from darlington_analysis.agreements.checks import phrases

REFUSALS = """
The Council withholds its agreement.
There is no money for this in our budget.
This outcome is not one that we share.
We are against it.
Over our dead body.
We have never agreed to this.
Members voted this down.
Cabinet turned it down in March.
We withdraw from this.
The Council has pulled out of this.
It is a no from us.
We won't be part of it.
We shall not take part.
The partnership walks away from this outcome.
We do not want these classes.
This must not happen.
Nobody asked us, and we will have none of it.
We veto this.
Our answer is still no.
We were overruled and do not stand behind it.
We cannot live with this text.
The Council has not made up its mind.
We are still waiting for Cabinet’s decision.
That is unaffordable.
The Council is unable to support this.
It is out of the question.
We are not in favour.
To be negotiated.
The parties remain apart on this.
No consensus was reached.
Both sides will continue to talk.
Talks broke down.
We agree to disagree.
Agreement is still to be reached.
Both sides reserve their position.
Neither side accepts the other’s text.
Subject to contract and to later agreement.
The two sides hold different views.
Left open for now.
A working party will draft a text.
Pending the view of Cabinet.
"""
NO_REFUSALS = """
We are glad to work against loneliness with you.
A baking contest brings people in, and we can lend the hall.
The hall opposite the school is free on Mondays.
It needs no money but a key.
People have different needs, so two groups are right.
The hut remains open on Sundays.
We do not want to lose the tutor, so we pay for two terms.
We can turn the heating down and save for the crèche.
The days are fixed with the school each term.
We agree, and lend two tables.
People walk out in the evening if lamps work.
We can’t share the hut on Mondays; on Tuesdays we can.
We can fund one tutor, not two.
"""
OF_THE_WARD = """
Burglaries on our streets
Unemployment rate
Crime here
GCSE results of pupils living locally
Life expectancy
Proportion of the local population without qualifications
Residents with no qualifications
People out of work in our neighbourhood
How many locals are in bad health
Child poverty
Teenage pregnancies
Adults with a degree
Households without a car
First-time entrants to youth justice
Share of all adults with skills
The ward’s rank
Number of people on benefits
Families on low income on the estate
The community’s health
Everyone in the neighbourhood who feels safe
"""
OF_CUSTOMERS = """
Evenings held on the estate
Young people who say that crime worries them less
Classes held in the community centre
People on benefits who came to the advice desk
Learners with a new certificate
Members who found paid work
Families who came back
Volunteers who lead a session on their own
"""
ANYBODY = """
School attendance
Adults that found work
Older people feel less lonely
Emergency admissions
Average energy bill
Kids seen outdoors
Footfall on the high street
Jobless people who are now in a job
Citizens who like where they are
Growth in employment locally
Pensioners on their own
Members of the public who feel safe
"""
NOTHING = """
As discussed at the last meeting
tbc - ask the team
See our constitution
Those who gain
Same as last year
We will look into this
More work is needed here
Under review by officers
Too early to say
Watch this space
whoever wants to
Policies are in place
This has been considered
All of the above and more
As per the plan
Stakeholders will benefit
The usual suspects
Will be looked at
We will consider it in due course
To be advised by officers
TBD by the group
Refer to minutes
Content to be added here
Not applicable at this time
Left blank on purpose
Community and stakeholders
Everybody will gain from this
All residents benefit equally
Lots of people
In line with policy
Same answer as before
Please see previous answer
Insert text here
One two three
the the the of of
"""
SOMETHING = """
Parents of small children, and people who live alone.
Those without a car gain most.
Older people near the bus stop.
Carers, who get an evening off.
People in the two northern streets.
Learners with little English.
Nobody loses: the room was empty.
"""


WHERE = ("fairness", "who_gains")


def lines(text: str) -> list[str]:
    """Return the lines of a list."""
    return text.strip().splitlines()


@pytest.mark.requirement(49, 61)
@pytest.mark.parametrize("words", lines(REFUSALS))
def test_what_says_no_is_taken_for_a_no(words):
    """Whoever means no need not say “disagree”."""
    assert phrases.refuses(words)


@pytest.mark.parametrize("words", lines(NO_REFUSALS))
def test_what_says_yes_is_not_taken_for_a_no(words):
    """Against loneliness, a contest, no money: none of it is a refusal."""
    assert not phrases.refuses(words)


@pytest.mark.requirement(41)
@pytest.mark.parametrize("words", lines(OF_THE_WARD))
def test_a_figure_of_the_ward_is_known_in_other_words(words):
    """No measure of a partnership is a figure of everybody who lives there."""
    assert phrases.ward_words(words, ("Central",), ())


@pytest.mark.parametrize("words", lines(OF_CUSTOMERS))
def test_a_measure_of_customers_is_not_taken_for_the_ward(words):
    """What a partnership counts of its own passes."""
    assert not phrases.ward_words(words, ("Central",), ())


CUSTOMERS = ["Adults who come to the drop-in", "learners", "Evening classes, two a week"]


@pytest.mark.requirement(41, 50)
@pytest.mark.parametrize(
    "words", ["Learners who came back", "Drop-in visits", "Classes held", "People who took part"]
)
def test_a_measure_names_customers_or_what_is_done(words):
    """A word that customers or actions have, or that people came, ties it to a partnership."""
    assert phrases.meets_partnership(words, CUSTOMERS)


@pytest.mark.requirement(41, 50)
@pytest.mark.parametrize("words", lines(ANYBODY))
def test_words_for_anybody_tie_a_measure_to_no_partnership(words):
    """Whichever way a figure of the ward is put, it names nothing that the partnership does."""
    assert not phrases.meets_partnership(words, CUSTOMERS)


@pytest.mark.requirement(143)
@pytest.mark.parametrize("words", lines(NOTHING))
def test_common_words_alone_are_no_answer(words):
    """They could be written below any question."""
    assert phrases.says_nothing(words, WHERE, least=1, is_sentence=True)


@pytest.mark.parametrize("words", lines(SOMETHING))
def test_an_answer_is_an_answer(words):
    """Short and plain is enough."""
    assert not phrases.says_nothing(words.strip("."), WHERE, least=1, is_sentence=True)


@pytest.mark.requirement(57, 58)
@pytest.mark.parametrize(
    ("where", "words"),
    [
        (("fairness", "protects_the_vulnerable"), "We protect the vulnerable people here"),
        (("fairness", "who_bears_the_need"), "Those with the need bear the need"),
        (("principles", "empowerment"), "The Council still mediates and decides"),
        (("independence", "criteria", 0), "When it can stand on its own"),
        (("outcomes", 0, "words"), "Good quality of life conditions for adults"),
        (("outcomes", 0, "parked_because"), "Parked for now"),
    ],
)
def test_the_question_in_other_words_is_no_answer(where, words):
    """An answer has a word that its question does not have."""
    assert phrases.says_nothing(words, where, least=1, is_sentence=True)
    assert not phrases.says_nothing(f"{words}: gardeners", where, least=1, is_sentence=True)


@pytest.mark.requirement(153)
@pytest.mark.parametrize(
    "offered",
    [
        "Start both of them at once",
        "We start both at the same time",
        "Begin both at once",
        "Starting both together",
        "start-both-at-once",
        "Start bothat once",
        "Both started at once, as asked",
    ],
)
def test_a_refused_option_is_known_in_other_words(offered):
    """What was refused can’t come back by another verb."""
    assert phrases.is_same_option("Start both at once", offered)
    assert not phrases.is_same_option("Start both at once", "Start the class in January")
