@S04
Feature: S04 A page begins strictly after its cursor

  Rule: S04 Pages chain to the whole, whatever their size and direction

    Scenario Outline: S04.1 pages of <size> chain to the whole history
      Given a topic with 30 messages by alice
      Then pages of <size> after the first message chain to all that follow, in order
      And pages of <size> before the last message chain to all that precede, in order

      Examples:
        | size |
        | 1    |
        | 2    |
        | 3    |
        | 7    |
        | 100  |

    Scenario: S04.2 pages that are cut short by their weight chain to the whole history
      Given a topic with 24 large messages by alice
      Then pages of 100 after the first message chain to all that follow, in order
      And pages of 100 before the last message chain to all that precede, in order

    Scenario: S04.3 every message is a place to start from
      Given a topic with 12 messages by alice
      Then after each message comes the next one, and before it the previous one
