@S17
Feature: S17 Closing leaves nothing behind

  Rule: S17 What was opened is closed: threads, sockets, and what the server held

    Scenario: S17.1 fifty rounds of open, use and close
      Given a few rounds of open, use and close to warm up
      When there are 50 more rounds of open, use and close
      Then no thread, no open file and nothing on the server has been left behind

    Scenario Outline: S17.2 closing does not wait for a server that is <outage>
      When the server is <outage>, and a participant in use is closed
      Then it is closed within 5 seconds

      Examples:
        | outage |
        | frozen |
        | cut    |
