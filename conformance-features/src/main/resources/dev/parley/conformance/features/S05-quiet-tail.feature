@S05
Feature: S05 The tail is quiet

  Rule: S05 Where nothing follows, the page is empty and its place can be replayed

    Scenario: S05.1 after the newest message there is nothing
      Given a topic with 3 messages by alice
      Then after the newest message there is nothing, however often it is asked

    Scenario: S05.2 a topic that was never posted to is empty
      Given a topic that was never posted to
      Then every page of it is empty, and its place can be used once somebody posts

    Scenario Outline: S05.3 the latest <asked> of 5 messages
      Given a topic with 5 messages by alice
      Then the latest <asked> are the newest <given>, in order, with <rest> to come

      Examples:
        | asked | given | rest    |
        | 1     | 1     | more    |
        | 4     | 4     | more    |
        | 5     | 5     | nothing |
        | 100   | 5     | nothing |
