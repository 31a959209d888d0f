@S16
Feature: S16 An outage loses nothing

  Rule: S16 Whatever the server suffers, no message is lost or doubled, and everybody recovers

    Scenario Outline: S16.1 the server is <outage> for a while
      Given one who is idle, one who posts, one who pages, one who waits and one who follows live, all at work
      When the server is <outage> for a while
      Then within 5 seconds everybody is served again, live too, and was told of being behind
      And every post and every page was answered in time
      And every post that returned is stored once, every refused one is not, an unknown one at most once
      And no message is lost or doubled for the one who pages and the one who follows live
      And a post repeated under its key is stored once, where that is declared

      Examples:
        | outage    |
        | restarted |
        | killed    |
        | cut       |
        | frozen    |
        | delayed   |
        | throttled |

    Scenario: S16.2 a post can be repeated under its key
      Then a post repeated under its key is stored once, where that is declared

    Scenario Outline: S16.3 who begins to follow while the server is <outage> is served soon after
      Given a topic with 1 messages by alice
      When the server is <outage> for a while, and bob begins to follow meanwhile
      Then within 5 seconds bob follows live, and was told of being behind

      Examples:
        | outage    |
        | restarted |
        | cut       |
        | frozen    |
        | delayed   |
