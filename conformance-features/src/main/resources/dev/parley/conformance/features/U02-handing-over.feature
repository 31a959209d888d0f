@U02
Feature: U02 Handing over

  Rule: U02 Who may do what follows one table, for agents and people alike

    Scenario: U02.1 agents, with a person among them
      Given planner works in planning
      And coder works in planning
      And other works in planning
      And anna is a person in planning
      Then of all that planner,coder,other,anna may try, exactly this is lawful:
        | from                 | act      | who                  | to        |
        | offered              | claim    | coder, other, anna   | claimed   |
        | offered              | cancel   | planner, anna        | cancelled |
        | offered to coder     | claim    | coder                | claimed   |
        | offered to coder     | decline  | coder                | declined  |
        | offered to coder     | cancel   | planner, anna        | cancelled |
        | claimed by coder     | progress | coder                | claimed   |
        | claimed by coder     | done     | coder                | done      |
        | claimed by coder     | decline  | coder                | offered   |
        | claimed by coder     | release  | planner, coder, anna | offered   |
        | claimed by coder     | cancel   | planner, anna        | cancelled |
        | done by coder        | release  | planner, coder, anna | offered   |
        | declined by coder    | cancel   | planner, anna        | cancelled |
        | cancelled by planner | cancel   | planner, anna        | cancelled |

    Scenario: U02.2 people, who may also release and cancel what is not theirs
      Given planner is a person in planning
      And coder is a person in planning
      And other is a person in planning
      Then of all that planner,coder,other may try, exactly this is lawful:
        | from                 | act      | who                   | to        |
        | offered              | claim    | coder, other          | claimed   |
        | offered              | cancel   | planner, coder, other | cancelled |
        | offered to coder     | claim    | coder                 | claimed   |
        | offered to coder     | decline  | coder                 | declined  |
        | offered to coder     | cancel   | planner, coder, other | cancelled |
        | claimed by coder     | progress | coder                 | claimed   |
        | claimed by coder     | done     | coder                 | done      |
        | claimed by coder     | decline  | coder                 | offered   |
        | claimed by coder     | release  | planner, coder, other | offered   |
        | claimed by coder     | cancel   | planner, coder, other | cancelled |
        | done by coder        | release  | planner, coder, other | offered   |
        | declined by coder    | cancel   | planner, coder, other | cancelled |
        | cancelled by planner | cancel   | planner, coder, other | cancelled |

  Rule: U02 Exactly one holds a claim, and who loses is told who won

    Scenario: U02.3 the first claim wins
      Given planner works in planning
      And coder works in planning
      And other works in planning
      When planner says "#handoff ho-1 Add retry"
      And coder says "#claim ho-1"
      And other says "#claim ho-1"
      Then coder is told "ho-1 is yours"
      And other is told "ho-1 is not yours: it is claimed by coder"
      And to all of them ho-1 is "claimed by coder"

    Scenario: U02.4 a claim that is repeated is already one's own, also after a restart
      Given planner works in planning
      And coder works in planning
      When planner says "#handoff ho-1 Add retry"
      And coder says "#claim ho-1"
      And coder says "#claim ho-1"
      Then coder is told "ho-1 is already yours"
      When coder leaves
      And coder comes back
      And coder says "#claim ho-1"
      Then coder is told "ho-1 is already yours"

    Scenario: U02.5 of two sessions of one handle one wins
      Given planner works in planning
      And coder works in planning
      And coder works in planning in a second session
      When planner says "#handoff ho-1 Add retry"
      And coder says "#claim ho-1"
      And coder-2 says "#claim ho-1"
      Then coder is told "ho-1 is yours"
      And coder-2 is told that another session of coder claimed ho-1 first

    Scenario: U02.6 eight agents in eight processes claim at once
      Given planner works in planning
      When planner says "#handoff ho-1 Add retry"
      And 8 agents in processes of their own claim ho-1 at once
      Then one of the 8 has won, 7 are told who, and everybody sees the same

    Scenario: U02.7 a claim for an offer that nobody made is unknown
      Given coder works in planning
      When coder says "#claim ho-1"
      Then coder is told "no offer ho-1 is known in this topic, so nothing changed"
      And nobody knows of ho-1

  Rule: U02 Only a line that is meant as an act is one

    Scenario: U02.8 what only looks like an act changes nothing
      Given planner works in planning
      And coder works in planning
      When planner says "#handoff ho-1 Add retry"
      And coder says each of these:
        | > #claim ho-1                   |
        | ```\n#claim ho-1\n```           |
        | I would #claim ho-1             |
        | I take it:\n#claim ho-1         |
        | claim ho-1                      |
        | # claim ho-1                    |
        | ##claim ho-1                    |
        | #claimed ho-1                   |
        | #claim                          |
        | #claim 1                        |
        | #claim ho-                      |
        | #claim ho-1-2                   |
        | #claim ho-10                    |
        | #claim\nho-1                    |
        | *#claim ho-1*                   |
        | <@channel> #claim ho-1 </claim> |
      Then to all of them ho-1 is "offered"

    Scenario Outline: U02.9 people type as they like: <line>
      Given planner works in planning
      And anna is a person in planning
      When planner says "#handoff ho-7q2k4m Add retry"
      And anna says "<line>"
      Then anna is told "ho-7q2k4m is yours"
      And to all of them ho-7q2k4m is "claimed by anna"

      Examples:
        | line                             |
        | !claim ho-7q2k4m                 |
        | #CLAIM HO-7Q2K4M                 |
        | #Claim  ho-7q2k4m, on it         |
        | #claim ho-7q2k4m: @planner thanks |

    Scenario: U02.10 a message that was edited is no act
      Given planner works in planning
      And coder works in planning
      When planner says "#handoff ho-1 Add retry"
      And coder posts "hello", which nobody has read yet
      And that message is edited to "#claim ho-1", where that is declared
      Then to all of them ho-1 is "offered"

    Scenario: U02.11 whoever offers first owns the id
      Given planner works in planning
      And other works in planning
      When planner says "#handoff ho-1 Add retry"
      And other says "#handoff HO-1 Something else"
      Then other is told "nothing changed for ho-1: the id is taken: planner offered it"
      And it is seen by all that ho-1 asks for "Add retry"

    Scenario: U02.12 topics have hand-offs of their own
      Given planner works in planning,review
      And coder works in planning,review
      When planner says "#handoff ho-1 Add retry" in planning
      And coder says "#claim ho-1" in review
      Then coder is told "no offer ho-1 is known in this topic, so nothing changed"
      And to all of them ho-1 is "offered"

  Rule: U02 Hand-offs outlive sessions

    Scenario: U02.13 both sides restart in the middle
      Given planner works in planning
      And coder works in planning
      When planner says "#handoff ho-1 @coder Add retry"
      And planner leaves
      And coder says "#claim ho-1"
      And coder says "#progress ho-1 half"
      And coder leaves
      And planner comes back
      Then planner sees ho-1 as "claimed by coder"
      When planner says 60 other things
      And coder comes back
      And coder says "#done ho-1 merged"
      Then coder is told "ho-1 is done"
      And to all of them ho-1 is "done by coder"

  Rule: U02 Whom it concerns is pushed what happens, and whether it counts

    Scenario: U02.14 the offerer hears of claims and of the result
      Given planner works in planning
      And coder works in planning
      And other works in planning
      And planner hears what is said
      And coder hears what is said
      When planner says "#handoff ho-1 @coder Add retry"
      Then coder is pushed "#handoff ho-1 @coder Add retry", which counts
      When coder says "#claim ho-1"
      And other says "#claim ho-1 please"
      And coder says "#done ho-1 merged"
      Then planner is pushed "#claim ho-1", which counts
      And planner is pushed "#claim ho-1 please", which changes nothing
      And planner is pushed "#done ho-1 merged", which counts
