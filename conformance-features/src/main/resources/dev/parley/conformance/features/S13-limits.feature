@S13
Feature: S13 Limits are told

  Rule: S13 Content over the limit is refused, and nothing of it is posted

    Scenario Outline: S13.1 a text of <characters> that is <excess> too long
      Given a text of <characters> that is <excess> too long
      When alice tries to post the text
      Then it is refused, naming the limit and the size
      And nothing was posted, and the next message is posted as ever

      Examples:
        | characters | excess |
        | letters    | 1      |
        | letters    | 5000   |
        | emoji      | 1      |
