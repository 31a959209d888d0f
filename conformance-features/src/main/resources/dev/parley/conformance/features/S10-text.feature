@S10
Feature: S10 Text survives

  Rule: S10 What was posted reads back equal, code point for code point

    Scenario Outline: S10.1 a text with <trait>
      Given a text with <trait>
      And bob has just subscribed to the topic
      When alice posts the text
      Then it reads back equal, code point for code point
      And the reader has read it live, code point for code point

      Examples:
        | trait                             |
        | emoji                             |
        | emoji names                       |
        | combining marks                   |
        | right-to-left text                |
        | invisible characters              |
        | characters beyond the basic plane |
        | line ends                         |
        | Windows line ends                 |
        | tabs and runs of blanks           |
        | Markdown                          |
        | code blocks                       |
        | a quoted header                   |
        | HTML                              |
        | ampersands and angle brackets     |
        | mass mentions                     |
        | a closing channel tag             |
        | quotes and escapes                |
        | JSON and XML                      |
        | a link                            |
        | a slash command                   |
        | one character                     |
        | the largest content               |
        | the largest content of many bytes |

    Scenario: S10.2 blanks at both ends are kept, or trimmed where that is declared
      When alice posts a text with blanks at both ends
      Then it reads back with its blanks, or without where that is declared

  Rule: S10 Only a single mention of an account notifies anybody

    Scenario Outline: S10.3 <trait> notify nobody
      Given a text with <trait>
      When alice posts the text
      Then no person was notified and no link was unfurled

      Examples:
        | trait         |
        | mass mentions |
        | a link        |

    Scenario: S10.4 a mention of an account is a native one
      Then a mention of a person notifies that person alone, and reads back as it was posted
