@S07
Feature: S07 The live path tells of every message

  Rule: S07 After subscribing, every message is handed over, or covered by being behind

    Scenario: S07.1 messages posted right after subscribing arrive
      Given bob has just subscribed to the topic
      When alice posts 20 messages
      Then the reader has read every message live, in order

    Scenario: S07.2 messages posted while the topic is followed arrive
      Given a topic with 5 messages by alice
      And a new conversation
      And bob follows the topic live
      When alice posts 40 messages
      And bob posts 5 messages
      Then the reader has read every message live, in order
      And the feed has handed nothing over twice, nor out of order

    Scenario: S07.3 a message that is posted when all is quiet arrives at once
      Given bob follows the topic live
      Then each of 5 messages of alice arrives within 2 seconds, where push is not by polling

    Scenario: S07.4 who takes hints is told whenever there is something to read
      Given bob has just subscribed to the topic, and takes hints
      When alice posts 20 messages
      Then the reader has read every message live, in order
      And each of 5 messages of alice arrives within 2 seconds, where push is not by polling

    Scenario: S07.5 hints to one reader take nothing from another who begins later
      Given bob has just subscribed to the topic, and takes hints
      And each of 3 messages of alice arrives within 2 seconds, where push is not by polling
      And bob follows the topic live
      When alice posts 20 messages
      Then every reader has read the last 20 messages live, in order
