@S02
Feature: S02 A message has one id, whichever way it comes

  Rule: S02 Post, feed and history speak of the same message

    Scenario: S02.1 ids are unique, whoever posts
      Given a topic with 10 messages by alice
      When bob posts 10 messages
      Then no two messages have the same id

    Scenario: S02.2 post, feed and history agree on a message
      Given bob follows the topic live
      When alice posts a question and carol replies to it
      Then post, feed and history agree on id, sender, content and thread parent

    Scenario: S02.3 a cursor means the same whichever way it came
      Given bob follows the topic live
      When alice posts 5 messages
      Then after a cursor from the feed comes the same page as after one from the history
