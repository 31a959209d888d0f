@S08
Feature: S08 Two paths, one truth

  Rule: S08 What a follower delivers is what the history holds after its start

    Scenario: S08.1 posts, restarts and cut connections in any mixture
      Given chance, with a seed that is printed and can be given
      When posts, restarts of the follower and cut connections are mixed 40 times
      Then what each follower delivered is the history after its start
