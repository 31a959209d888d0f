@S14
Feature: S14 Cursors are taken only where they belong

  Rule: S14 What is no cursor of this store is rejected

    Scenario Outline: S14.1 garbage and the cursors of others: <cursor>
      Given a topic with 3 messages by alice
      Then the cursor <cursor> is rejected in both directions

      Examples:
        | cursor                                   |
        | x                                        |
        | 0                                        |
        | 1                                        |
        | -1                                       |
        | 99999999999999999999                     |
        | 1700000000000-0                          |
        | s72594_4483_1934                         |
        | $143350563:example.org                   |
        | 1700000000.000100                        |
        | 175928847299117063                       |
        | somebody-else:0123456789abcdef:planning:7 |
        | {"place": 1}                             |
        | '; DROP TABLE messages; --               |

    Scenario: S14.2 a cursor that was tampered with
      Given a topic with 3 messages by alice
      Then a cursor of this store that was tampered with is rejected in both directions

    Scenario: S14.3 a cursor of another store
      Given a topic with 3 messages by alice
      Then a cursor of another store of this backend is rejected in both directions

  Rule: S14 When history is lost, the reader is told, and only then

    Scenario Outline: S14.4 the reader's place is gone: <loss>
      Given a topic with 6 messages by alice
      And bob has read them and everybody has left
      When the history is lost: <loss>
      And carol posts 2 messages
      Then a page after the first message starts with the oldest kept message and tells of the gap
      And the pages that follow tell of no gap

      Examples:
        | loss            |
        | TRIMMED         |
        | TOPIC_RECREATED |
        | STORE_RESET     |

    Scenario: S14.5 who had read past the loss is not alarmed
      Given a topic with 6 messages by alice
      And bob has read them and everybody has left
      When the history is lost: TRIMMED
      Then who had read past the loss is told of no gap

    Scenario Outline: S14.6 the gap of an empty topic is told once: <loss>
      Given a topic with 6 messages by alice
      And bob has read them and everybody has left
      When the history is lost: <loss>
      Then a page after the first message is empty and tells of the gap
      And the pages that follow tell of no gap

      Examples:
        | loss            |
        | TOPIC_RECREATED |
        | STORE_RESET     |
