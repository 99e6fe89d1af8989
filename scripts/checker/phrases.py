"""Words that this site does without. Data for the rules on prose.

Each entry is matched as whole words, capitals aside; a star stands for any
ending. The reasons are those of the editor's guide: an empty phrase says
nothing, and a word of war or worship is unkind to the people it is about.
"""

EMPTY = """
in today's market · in today's world · in today's * · at the end of the day · it is important to * · it's important to *
it is worth noting · it's worth noting · when it comes to · studies show · research shows · research suggests
needless to say · the fact is · make no mistake · it goes without saying · last but not least · first and foremost
not just · more than just · let's face it · in order to · in terms of · going forward
moving forward · at this point in time
the fact that · as we all know · the reality is · the truth is · now more than ever
one size fits all · think outside the box
low-hanging fruit · move the needle · win-win · deep dive · double down · best in class · best-in-class · world-class
cutting-edge · state-of-the-art · game-chang* · leverag* · robust* · navigat* · landscape*
unlock* · elevat* · empower*
journey* · crucial* · ensur* · delv* · synerg* · seamless* · holistic* · paradigm*
a testament to · tapestry · utilis* · utiliz*
"""

TONE = """
battl* · weapon* · war · wars · warfare · warrior* · fight · fights · fighting · kill · kills
killing · killer* · ammunition
crush · crushes · crushing · crushed · smash* · conquer* · dominat* · arsenal · bullet · bullets
war chest · trenches · hustl*
guru · gurus · ninja* · rockstar* · rock star* · superstar* · unicorn · wizard* · jedi · beast mode · slay* · bloodbath
body shop · bums on seats · cannon fodder · time-waster* · tyre-kicker* · shit* · fuck* · bloody
damn* · crap* · arse* · bastard*
get rich · guaranteed income · guaranteed placement* · double your income · six-figure
seven-figure · skyrocket* · explode your *
"""


def listed(text: str) -> list[str]:
    """The entries of one of the lists."""
    return [entry.strip() for line in text.splitlines() for entry in line.split("·") if entry.strip()]
