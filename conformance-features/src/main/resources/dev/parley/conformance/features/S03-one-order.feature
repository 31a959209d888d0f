@S03
Feature: S03 A topic has one order

  Rule: S03 Every reader sees the same order, on every connection and on both paths

    Scenario: S03.1 pages and live, in one process and in others, give one order
      Given the order holds as far as is declared
      And 80 messages are to be written
      And carol in another process reads live
      And dave reads live
      And erin reads live
      And frank in another process reads pages of 7 all the while
      When as many writers as the backend allows write them, all at once
      Then every reader has read every message once, in the order of the history
