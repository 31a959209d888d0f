@S09
Feature: S09 Topics are apart

  Rule: S09 Two names are two topics, however much they look alike

    Scenario Outline: S09.1 names that differ only in <difference>
      Given topics whose names differ only in <difference>
      And bob follows each of them live
      When alice posts its name to each of them
      Then each of them has its own message and no other, also for somebody who joins later
      And bob has read live in each of them its own message and no other

      Examples:
        | difference                         |
        | case                               |
        | Unicode form                       |
        | letters that look the same         |
        | special case rules                 |
        | slashes                            |
        | dots                               |
        | blanks                             |
        | wildcard characters                |
        | quotes and signs                   |
        | escapes                            |
        | emoji                              |
        | numbers                            |
        | reserved words                     |
        | the 512th character                |
        | what a fold with a hash would give |
