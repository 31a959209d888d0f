@S01
Feature: S01 What was posted is in the history

  Rule: S01 When a post has returned, the message is there for everybody

    Scenario: S01.1 another process reads what was posted
      Given a topic with 3 messages by alice
      Then bob in another process reads the same 3 messages

    Scenario: S01.2 killing the poster right after a post has returned loses nothing
      When alice posts in another process, which is killed right after a post has returned
      Then bob reads every message whose post has returned, in order
