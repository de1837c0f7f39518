"""What a gate finds lacking, or finds of a person, by its key: labels for readers."""

KEYS = {
    "strand": "the strand of One Darlington", "aim": "the aim it serves", "outcome": "its outcome",
    "measure": "its measure", "who": "who does it", "how": "how", "where": "where",
    "with_whom": "with whom", "delivers": "what is delivered", "starts": "from when",
    "ends": "until when", "cost": "what it costs", "joint_owner": "who owns it together",
    "shared_risk": "who bears which risk", "who_was_asked": "who was asked",
    "who_gains": "who gains", "who_bears_the_need": "who bears the need",
    "protects_the_vulnerable": "how vulnerable people are protected",
    "checked_on": "when this was last looked at", "review": "when it is looked at again",
    "criteria": "how anybody would know it can stand on its own", "we_will": "we will",
    "you_can_expect": "you can expect", "you_will": "you will",
}  # fmt: skip
PERSONAL = {
    "title": "a title with somebody’s name", "e-mail": "an e-mail address",
    "telephone": "a telephone number", "birth": "a day of birth",
    "number": "somebody’s own number (NHS or National Insurance)",
    "postcode": "a postcode of homes",
    "home": "somebody’s address", "name": "somebody’s name",
}  # fmt: skip
