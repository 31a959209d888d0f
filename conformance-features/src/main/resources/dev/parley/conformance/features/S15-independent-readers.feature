@S15
Feature: S15 Readers are independent of each other

  Rule: S15 Any number of instances each get everything

    Scenario: S15.1 instances in several processes each get everything
      Given 20 messages are to be written
      And carol in another process reads live
      And dave in another process reads pages of 3 all the while
      And erin in another process reads pages of 100 all the while
      When as many writers as the backend allows write them, all at once
      Then every reader has read every message once, in the order of the history

    Scenario: S15.2 sessions of one process and of one handle each get everything
      Given 20 messages are to be written
      And carol reads live
      And two sessions of dave read live
      When as many writers as the backend allows write them, all at once
      Then every reader has read every message once, in the order of the history

    Scenario: S15.3 who comes late reads what was posted before, as far back as is declared
      Given a topic with 5 messages by alice
      And everybody has left
      Then zoe, who was never here, reads what was posted before, and what comes
