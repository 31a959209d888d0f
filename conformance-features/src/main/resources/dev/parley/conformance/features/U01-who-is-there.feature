@U01
Feature: U01 Who is there

  Rule: U01 Everybody sees who is online, who was, and what may happen to a message to them

    Scenario: U01.1 sessions see each other come and go
      Given alice is in session on planning
      And bob is in session on planning
      Then alice sees bob online, with reach live
      And bob sees alice online, with reach live
      And alice sees herself online
      When bob ends the session
      Then alice sees bob offline, with reach later

    Scenario: U01.2 whoever comes later sees those who are there
      Given alice is in session on planning, without push
      And bob is in session on planning
      And bob ends the session
      When zoe is in session on planning
      Then zoe sees alice online, with reach polls
      And zoe sees bob offline, with reach later

    Scenario: U01.3 a process that says nothing any more is offline when its time is over
      Given alice is in session on planning, which believes a beat for 2 seconds
      When bob says hello on planning, and then nothing more
      Then alice sees bob online, with reach polls
      And alice sees bob offline, with reach later

    Scenario: U01.4 a process that beats stays online
      Given alice is in session on planning, which believes a beat for 2 seconds
      And bob is in session on planning, which believes a beat for 2 seconds
      Then alice sees bob online for 3 seconds

    Scenario: U01.5 two processes of one handle are one participant, there as long as one of them is
      Given alice is in session on planning
      And bob is in session on planning
      And bob is in a second session on planning, without push
      Then alice sees bob online, with reach live, once
      When bob ends the session
      Then alice sees bob online, with reach polls, once
      When bob ends the second session
      Then alice sees bob offline, with reach later, once

  Rule: U01 Nobody is pushed out by how much others say, nor by what they make up

    Scenario: U01.6 300 short sessions push nobody out
      Given bob is in session on planning
      And alice is in session on planning
      When 300 processes of guest say hello and goodbye
      Then alice sees bob online, with reach live
      When zoe is in session on planning
      Then zoe sees bob online, with reach live
      And zoe sees guest offline, with reach later, once

    Scenario: U01.7 a process that beats without a pause pushes nobody out
      Given bob is in session on planning
      And alice is in session on planning
      When one process of guest beats 2000 times
      Then alice sees bob online, with reach live
      When zoe is in session on planning
      Then zoe sees bob online, with reach live
      And zoe sees guest online, with reach polls, once

    Scenario Outline: U01.8 a peer whose clock is <off> is seen
      Given alice is in session on planning
      When bob says hello on planning by a clock that is <off>
      Then alice sees bob online, with reach polls

      Examples:
        | off              |
        | 4 minutes behind |
        | 4 minutes ahead  |

    Scenario: U01.9 a beat from far in the future is not believed
      Given alice is in session on planning
      When bob says hello on planning by a clock that is 6 minutes ahead
      And carol says hello on planning
      Then alice sees carol online, with reach polls
      And alice does not see bob

    Scenario: U01.10 what is no beat changes nothing
      Given alice is in session on planning
      And bob is in session on planning
      Then alice sees bob online, with reach live
      When mallory says every kind of nonsense about presence
      And carol says hello on planning
      Then alice sees carol online, with reach polls
      And alice sees bob online, with reach live
      And alice does not see mallory

    Scenario: U01.11 the goodbye of another participant in the name of a process takes nobody away
      Given alice is in session on planning
      And bob is in session on planning
      Then alice sees bob online, with reach live
      When mallory says goodbye for every process that was seen
      And carol says hello on planning
      Then alice sees carol online, with reach polls
      And alice sees bob online, with reach live

    Scenario: U01.12 patterns of a stranger cost nobody their answer
      Given alice is in session on planning
      When mallory says hello with 64 patterns that are as hard as patterns can be
      And carol says hello on planning
      Then alice sees carol online, with reach polls
      And alice has her answer within 10 seconds

  Rule: U01 Who posts is known, and nobody learns of topics that are not theirs

    Scenario: U01.13 a person is seen by what they post
      Given alice is in session on planning
      When grace posts "hello" to planning as a person
      Then alice sees grace offline, with reach reads
      And alice sees grace in planning

    Scenario: U01.14 an agent that posts and does not beat is away
      Given alice is in session on planning
      When oldbot posts "hello" to planning without a session
      Then alice sees oldbot offline

    Scenario: U01.15 whoever shares no topic is not told of
      Given alice is in session on planning
      And bob is in session on secret
      And carol is in session on planning,secret
      Then alice sees carol online, with reach live
      And alice sees carol in planning
      And alice does not see bob
      And bob does not see alice
      And alice is refused the users of secret

    Scenario: U01.16 patterns widen who shares a topic
      Given alice is in session on planning
      And bob is in session on secret, and may post to plan.*
      And carol is in session on secret, and may post to other.*
      Then alice sees bob online, with reach live
      And alice sees no topics of bob, but that he may post to plan.*
      And alice does not see carol

    Scenario: U01.17 the list can be narrowed, and says when it is cut
      Given alice is in session on planning,review
      And bob is in session on planning
      And bert is in session on review
      And carol says goodbye on planning
      Then alice sees carol offline, with reach later
      And alice sees bob online
      And alice sees bert online
      And alice finds bob,bert by the filter "b*"
      And alice finds bob,alice,carol by the topic planning
      And alice finds alice,bob,bert when only those online are asked for
      And alice finds 2 users and that there are more when she asks for 2

  Rule: U01 What is not known is said

    Scenario: U01.18 without presence, only those who posted are known, and that is said
      Given alice is in session on planning, without presence
      And bob is in session on planning
      When bob posts "hello" in the session to planning
      Then alice sees bob offline
      And alice is told that presence is off

    Scenario: U01.19 with presence, nothing is left to be said
      Given alice is in session on planning
      And bob is in session on planning
      Then alice sees bob online
      And alice is told nothing else
