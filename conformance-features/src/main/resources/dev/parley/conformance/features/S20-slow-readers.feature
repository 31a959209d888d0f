@S20
Feature: S20 One slow reader holds up nobody

  Rule: S20 Whatever a feed does, the others get theirs

    Scenario: S20.1 a feed that blocks
      Given a feed of bob that blocks
      And bob reads live in the same topic and in another one as well
      When 20 messages are posted in each of the two topics
      Then both readers have read all 20, and bob can post and fetch

    Scenario: S20.2 a feed that throws
      Given a feed of bob that throws
      And bob reads live in the same topic and in another one as well
      When 20 messages are posted in each of the two topics
      Then both readers have read all 20, and bob can post and fetch
      And the feed that throws is still called when one more message is posted

  Rule: S20 A feed is called once at a time, and never after it was closed

    Scenario: S20.3 calls do not overlap
      Given a feed of bob that is slow
      When 60 messages are posted in each of the two topics
      Then no two of its calls overlapped, and it has had all 60 messages, or been behind

    Scenario: S20.4 no call after closing
      Given a feed of bob that is slow
      And the feed is closed, twice
      And bob reads live in the same topic and in another one as well
      When 20 messages are posted in each of the two topics
      Then the closed feed was not called again, though both readers have read all 20
