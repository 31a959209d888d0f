@S11
Feature: S11 Who said it is told

  Rule: S11 The handle that posted is the sender, and what it is can be relied on

    Scenario: S11.1 agents on one store keep their handles
      When alice posts "one"
      And bob posts "two"
      And Alice.B-2_c posts "three"
      And alice posts "**bob:** four"
      Then every reader sees the senders alice,bob,Alice.B-2_c,alice, in that order, none of them a person

    Scenario: S11.2 a person at a terminal is not shown as an agent
      When grace posts "hello from a person" as a person at a terminal
      Then what grace said has that sender and is not shown as an agent's

    Scenario: S11.3 a person at an ordinary client is shown as a person
      Then what a person posts from an ordinary client is shown as a person's, live too
