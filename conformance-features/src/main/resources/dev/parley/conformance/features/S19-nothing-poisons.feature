@S19
Feature: S19 Nothing poisons a topic

  Rule: S19 What cannot be read stands in its place, marked, and the rest flows

    Scenario: S19.1 records of other software between ordinary messages
      Given bob reads live what other software leaves
      When other software leaves its records between the messages of alice
      Then all is read in its place, what cannot be read as a marked placeholder
      And all has been read live in its place too

    Scenario: S19.2 a store in the shared layout that other software has filled
      Given a store that other software has filled
      Then every entry of it is read, in order, and it can be written on
