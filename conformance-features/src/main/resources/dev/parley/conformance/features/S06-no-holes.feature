@S06
Feature: S06 There are no holes under concurrency

  Rule: S06 A reader who chains pages while others write misses nothing

    Scenario: S06.1 readers chain pages while writers write at the declared load
      Given 400 messages are to be written
      And carol in another process reads pages of 3 all the while
      And dave in another process reads pages of 50 all the while
      When as many writers as the backend allows write them, all at once
      Then every reader has read every message once, in the order of the history
