@S21
Feature: S21 Edits and deletions are seen where they happened

  Rule: S21 A message that is changed stays where it is

    Scenario: S21.1 an edit shows the latest text
      Given bob has just subscribed to the topic
      And a topic with 3 messages by alice
      And messages can be changed later, where that is declared
      When the second message is edited to "on second thoughts"
      Then the history shows "on second thoughts" in its place, marked as edited, and nothing else has changed
      And it is not handed over again to who follows live

    Scenario: S21.2 a deletion leaves a tombstone or nothing
      Given bob has just subscribed to the topic
      And a topic with 3 messages by alice
      And messages can be changed later, where that is declared
      When the second message is deleted
      Then the history shows a tombstone in its place, or nothing, and no gap
      And it is not handed over again to who follows live
