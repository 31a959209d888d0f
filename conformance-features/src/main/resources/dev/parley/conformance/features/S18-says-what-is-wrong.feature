@S18
Feature: S18 What is wrong is said

  Rule: S18 Each fault in a configuration or its server is said in one sentence with the remedy

    Scenario: S18.1 every fault in the backend's table
      Given the table of what can be wrong with this backend, which is not empty
      Then each fault is said within 15 seconds, in the words expected
      And it is one sentence, without a stack trace and without a secret

    Scenario: S18.2 doctor finds every fault in the backend's table
      Given the table of what can be wrong with this backend, which is not empty
      Then doctor finds each of them, and names a remedy
