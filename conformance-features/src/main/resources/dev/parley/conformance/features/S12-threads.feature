@S12
Feature: S12 Threads are kept

  Rule: S12 A reply names its parent and stands in the topic's history in its place

    Scenario: S12.1 replies come back with their parents, in place
      When alice asks, bob speaks of something else, carol replies to alice and dave to carol
      Then the replies stand in the order they were posted, each with its parent

    Scenario: S12.2 a reply to a message that does not exist
      Then a reply to a message that does not exist is stored or refused, as declared
