### The community graph and its pictures

## The community graph

network-counting = I'm counting who talks with whom. The answer comes in a moment.
network-no-ties = Nobody has answered, mentioned or thanked anybody yet, so there is nothing to show. Ask me again after some talk.
network-too-few = Too few ties to speak of circles: { NUMBER($ties) } of { NUMBER($needed) } needed.
network-others-only =
    { $count ->
        [one] 1 person
       *[other] { NUMBER($count) } people
    }
network-and-others =
    { $count ->
        [one] { $names } and 1 other
       *[other] { $names } and { NUMBER($count) } others
    }
circle-name = Circle { NUMBER($id, useGrouping: 0) }
circle-name-room = #{ $room }{ $known ->
        [yes] {" "}· { $people }
       *[no] {""}
    }
circle-name-number-room = #{ $room } · circle { NUMBER($id, useGrouping: 0) }

circle-people = { $few ->
        [yes] fewer than five people
       *[no] { NUMBER($size) } people
    }

## /network

command-network = See the community as a map: circles, and who holds them together
network-title-plain = { $community }: who talks with whom
network-title =
    { $circles ->
        [one] { $community } forms one circle
       *[other] { $community } forms { NUMBER($circles) } circles
    }
network-foot = { NUMBER($people) } people, { COUNT($ties, "tie") } since the beginning (replies, mentions, reactions, thanks) · until { $day } · a tie fades by half in 30 days
network-people =
    { $people ->
        [one] 1 person has
       *[other] { NUMBER($people) } people have
    } written, reacted or been addressed until { $day }{ $quiet ->
        [0] {""}
       *[other] , { NUMBER($quiet) } of them without writing
    }; { $tied ->
        [one] 1 of them has
       *[other] { NUMBER($tied) } of them have
    } ties to others, { $ties ->
        [one] one
       *[other] { NUMBER($ties) }
    } since the beginning.
network-no-circles = No group of three or more stands out.
network-circles =
    { $circles ->
        [one] They form one circle, “{ $largest }” with { $people }
       *[other] They form { NUMBER($circles) } circles of three or more, the largest “{ $largest }” with { $people }
    }{ $apart ->
        [one] .
        [parts] ; nobody talks from one to the other.
        [clear] ; most talk stays inside a circle.
        [some] ; circles are clear, and talk crosses between them.
       *[little] ; talk crosses so freely that their borders are soft.
    }
network-hub =
    { $name } was addressed by { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }, { NUMBER($share) } % of all others with ties.
network-no-bridge = Nobody stands between others: all who talk, talk directly.
network-bridge = { NUMBER($share) } % of the shortest ways between two people lead through { $name }.
network-bridge-bot =
    { $people ->
        [0] { $name } writes here for people elsewhere.
        [one] { $name } speaks for one person elsewhere.
       *[other] { $name } speaks for { NUMBER($people) } people elsewhere.
    } Shall I count them one by one from now on?
network-bridge-each = Yes, each of them
network-bridge-none = No, leave them out
network-answered = { NUMBER($share) } % of these ties are answered by one the other way; { $parts ->
        [one] everybody hangs together.
       *[other] the map falls into { NUMBER($parts) } parts, each person without ties being one.
    }
network-nobody-named = I may name nobody here: { NUMBER($people) } people are counted, and none of them agreed and has a name. Whoever says /consent personal can appear in such lists.
network-invite = To be named, people agree themselves: with `/consent personal`, or the button “{ $button }” that /start shows in a direct chat with me. Invite them to.
network-only-personal = Named are only those who agreed: { NUMBER($named) } of { NUMBER($of) }. Until { $day }.
error-personal-only = I look at single people only where they agreed. /consent personal changes that for you.

## /keypeople

command-keypeople = See hubs, bridges, welcomers and rising people, and what is lost without them
keypeople-hubs = **Hubs**: whom most people turn to
keypeople-hub = { $name } · addressed by { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }, { NUMBER($share) } % of all that is addressed to anybody
keypeople-bridges = **Bridges**: who joins circles
keypeople-bridge = { $name } · ties into { COUNT($circles, "circle") }, on { NUMBER($share) } % of the shortest ways between people
keypeople-welcomers = **Welcomers**: who answered newcomers first, in twelve weeks
keypeople-welcomer =
    { $newcomers ->
        [one] { $name } · first to answer 1 newcomer, after about { NUMBER($hours) } h
       *[other] { $name } · first to answer { NUMBER($newcomers) } newcomers, mostly within { NUMBER($hours) } h
    }
keypeople-rising = **Rising**: whom people turn to more than four weeks ago
keypeople-rise = { $name } · { NUMBER($times) } × the attention of four weeks ago, from { NUMBER($people) } people
keypeople-unnamed-bridges = { NUMBER($people) } people have ties into more than one circle.
keypeople-unnamed-between = { NUMBER($people) } people have ties into both { $one } and { $other }.
keypeople-unnamed-share = At the ten who stand most between others is { NUMBER($share) } % of all tie weight.
keypeople-risk = **If they left**
keypeople-lost =
    { $count ->
        [0] { $name } · { NUMBER($share) } % of all ties; nobody would be cut off.
       *[other] { $name } · { NUMBER($share) } % of all ties; cut off would be { $people }.
    }
keypeople-heir = {" "}{ $name } could take over most, with ties to people who carry { NUMBER($share) } % of them.

## /circles

command-circles = See the circles: size, rooms, closeness, growth, and how long they have lived
circles-title =
    { $circles ->
        [one] 1 circle of three or more, until { $day }:
       *[other] { NUMBER($circles) } circles of three or more, until { $day }:
    }
circles-line = **{ $circle }** · { NUMBER($size) } people{ $growth ->
        [more] {" "}(+{ NUMBER($by) } in a week)
        [less] {" "}(−{ NUMBER($by) } in a week)
       *[other] {""}
    }{ $placed ->
        [yes] {" "}· also in { $rooms }
       *[no] {""}
    } · { NUMBER($cohesion) } % of their talk stays inside · { $weeks ->
        [0] new
        [one] 1 week or more old
       *[other] { NUMBER($weeks) } weeks or more old
    }
circles-more = … and { NUMBER($count) } smaller ones.
circles-small = Fewer than five people each: { $circles }.
circles-merged =
    { $count ->
        [one] Another circle
       *[other] { NUMBER($count) } other circles
    } went into “{ $into }” this week.
circles-split =
    { $there ->
        [yes] Out of “{ $of }” came this week: { $into }.
       *[no] One circle until last week, now apart: { $into }.
    }
circles-born = New this week: { $circles }.
option-circles-circle-name = circle
option-circles-circle = The number of a circle, to propose something for it
option-circles-link-name = link
option-circles-link = The invite link of a Telegram group that you made for it
circles-propose = Propose something for { $circle }
circles-gone = That circle isn't there any more. /circles shows those of today.
circles-ways =
    {""}**{ $circle }** has { $people }. Nothing is sent yet, and whatever you choose, I show you the words first.
    Nobody is named, moved or added: only who presses joins.
circles-way-room = *Room*: I write in { $where }, where they meet most, that it is theirs to use.
circles-way-role = *Role*: I post an invitation, and those of the circle who press *Join* get a role of this server. Choose it below.
circles-way-role-lacks = *Role*: { $why ->
        [elsewhere] ask me in a room of your Discord server.
        [owner] only an owner can offer one.
       *[none] I may give none yet. Make a role below mine, without power over others, and let me manage roles.
    }
circles-way-group = *Group*: make one on Telegram, copy its invite link and say `/circles { NUMBER($circle, useGrouping: 0) } <link>`. Those of the circle who press *Join* get the link.
circles-do-room = In their room
circles-choose-role = Choose a role
circles-do-role = Role: { $role }
circles-dry-run =
    Nothing is sent yet. In { $where } I would write:
    “{ $words }”{ $button ->
        [none] {""}
       *[other] {" "}[{ $button }]
    }
    Everybody there sees it; { $few ->
        [yes] fewer than five of the circle's people
       *[no] { NUMBER($reach) } of the circle's { NUMBER($size) } people
    } are on that platform. Nobody is named, and nobody gets a direct message.
circles-then-room = Nothing else happens.
circles-then-role = Who is in the circle and presses within 14 days gets the role “{ $role }”. Nobody else is touched.
circles-then-group = Who is in the circle and presses within 14 days is shown the link. Nobody else gets it.
circles-send = Send it
circles-sent = Sent to { $where }.
circles-join = Join
circles-invitation-room = { $few ->
        [yes] Some
       *[no] { NUMBER($size) }
    } of you talk with each other a lot{ $placed ->
        [yes] , mostly here in { $room }. Take it as your room: questions, plans, whatever you share.
       *[no] . Pick a room and make it yours: questions, plans, whatever you share.
    }
circles-invitation-role = { $few ->
        [yes] Some
       *[no] { NUMBER($size) }
    } of you talk with each other a lot. There is a role for you, { $role }. If you are one of them and want it, press below; nobody is added unasked.
circles-invitation-group = { $few ->
        [yes] Some
       *[no] { NUMBER($size) }
    } of you talk with each other a lot. There is a group for you. If you are one of them and want in, press below; nobody is added unasked.
circles-role-gone = I can't give that role any more. /circles shows those that I may give.
circles-group-how = To offer a group, make one on Telegram, copy its invite link (https://t.me/+…) and say `/circles { NUMBER($circle, useGrouping: 0) } <link>`.
circles-no-group = There is no Telegram group in this community where I could invite.

## /newcomers

command-newcomers = See who joined, wrote, and got no reply
newcomers-summary =
    In the 30 days to { $day }, { $came ->
        [0] nobody new came.
        [one] 1 person came and { $wrote ->
            [0] hasn't written.
           *[other] wrote.
        }
       *[other] { NUMBER($came) } people came and { $wrote ->
            [0] none of them wrote.
           *[other] { NUMBER($wrote) } of them wrote.
        }
    }{ $wrote ->
        [0] {""}
       *[other] {" "}{ $waiting ->
            [0] Nobody who is still here waits for an answer.
            [one] 1 still waits for an answer:
           *[other] { NUMBER($waiting) } still wait for an answer:
        }
    }
newcomers-line = { $name } · wrote first on { $day }
newcomers-others =
    { $listed ->
        [0] { $count ->
            [one] Unnamed here
           *[other] All of them unnamed here
        }
       *[other] { NUMBER($count) } of them unnamed here
    }: only who agrees (/consent personal) is listed.

newcomers-unnamed-wait = Half of them have waited for { COUNT($days, "day") } or longer.
newcomers-unnamed-room = { NUMBER($people) } of them wrote in { $room }.

## /connect

command-connect = See pairs who ought to meet
connect-none = I know no pair to propose. Only people who agreed (/consent personal) count here: { NUMBER($named) } so far.
connect-unnamed =
    { $pairs ->
        [one] 1 pair knows
       *[other] { NUMBER($pairs) } pairs know
    } three or more of the same people and have no tie yet, among the 1,000 most important.
connect-title = They might get on and never talked (until { $day }):
connect-line =
    { $one } and { $other }{ $known ->
        [yes] {" "}· both talk with { $through }
       *[no] {""}
    }{ $alike ->
        [0] {""}
       *[other] {" "}· { NUMBER($alike) } % alike in the rooms they write in
    }

## /chart

command-chart = See a chart of the community's figures
option-chart-name = Which chart; all there are if left out
option-chart-name-name = chart
charts-which = Which chart?
charts-unknown = There is no chart called “{ $given }”. There are: { $charts }.
charts-too-little = There are too few figures for this chart yet.
chart-health_trend = Health, week by week

## /health

command-health = See how the community does, over 12 weeks, and what is most unusual
health-title = The four weeks to { $day }: { NUMBER($people) } people with { $ties ->
        [one] one tie
       *[other] { NUMBER($ties) } ties
    } in these weeks, of { NUMBER($ever) } since the beginning.
health-reciprocity = { NUMBER($share) } % of ties are answered by one the other way.
health-decentralisation = Decentralisation { NUMBER($share) } %: 100 would mean that nobody has more contacts than others.
health-fragmentation =
    { $apart ->
        [none] Everybody is connected with everybody else, directly or through others.
        [few] Fewer than 1 % of pairs of people aren't connected, not even through others.
       *[some] { NUMBER($share) } % of pairs of people aren't connected, not even through others.
    }
health-gini = Activity is spread with a Gini of { NUMBER($share) } %: 0 all do as much, 100 one does it all.
health-newcomers =
    { NUMBER($share) } % of { COUNT($count, "newcomer") } who came in the four weeks to { $day } and wrote were answered within a week, half of them within { $unit ->
        [minutes] { NUMBER($wait) } min
       *[hours] { NUMBER($wait) } h
    }.
health-newcomers-alone = None of { COUNT($count, "newcomer") } who came in the four weeks to { $day } and wrote was answered within a week.
health-few-newcomers = Fewer than five came in the four weeks to { $day } and wrote: too few to say how they were received.
health-no-newcomers = Nobody who came in the four weeks to { $day } wrote.
health-changed =
    Most unusual: { $figure } at { NUMBER($now) } %, { $way ->
        [up] above
       *[down] below
    } the mean of the weeks before, { NUMBER($before) } %.
health-unchanged = No figure moved by a percent against the mean of the weeks before.
health-too-young = It takes three weeks of ties to say what changed.
health-figure-reciprocity = Ties answered
health-figure-answered = Newcomers heard
health-figure-decentralisation = Decentralisation
health-figure-fragmentation = Fragmentation
health-figure-gini = Concentration
health-figure-modularity = Separate circles
health-chart-title-plain = { $community }: health week by week
health-chart-title = { $figure }: { NUMBER($now) } %, { $way ->
        [up] above
       *[down] below
    } the { NUMBER($before) } % of the weeks before
percent-sign = { " " }%
health-foot = Each point: the four weeks before it, { COUNT($weeks, "week") } in all · { NUMBER($people) } people in the last · until { $day }

## /mycircle

command-mycircle = See whom you have ties with, your circle, whom you help and who helps you
mycircle-none = You have no ties yet. Answer somebody, or thank them with /thanks.
mycircle-ties = You have ties with { $people ->
        [one] 1 person
       *[other] { NUMBER($people) } people
    }: you addressed { NUMBER($to) }, and { NUMBER($by) } addressed you.
mycircle-circle = Your circle: { $circle }, { $people }.
mycircle-help = You turn most to: { $names }.
mycircle-not-yours = That invitation is for the people of one circle, and going by who talks with whom you aren't in it now.
mycircle-role = Welcome. The role is on its way to you.
mycircle-link = Welcome. Here is the way in.
mycircle-open = Open the group
mycircle-helped = Most often turn to you: { $names }.

## kith report

report-title = { $community }: how it is
report-made = Until { $day }. Names are of those alone who agreed to it.
report-section-activity = What goes on
report-section-stay = Who stays
report-section-ties = Who ties it together
report-section-groups = Groups
report-section-voices = What members say
report-section-content = Content
report-section-effects = What changed something
report-save = Save as PNG
report-save-svg = Save as SVG
report-enlarge = Enlarge or reduce
report-network = The map
report-keypeople = Key people
report-circles = Circles
report-newcomers = Newcomers
report-connect = Who ought to meet
report-health = Health
report-nothing = There is too little to report of { $community } yet.

## Polls, where a platform has none of its own that could ask it

poll-question = **{ $question }**
poll-option = · { $option }
poll-count = · { $option }: { COUNT($count, "vote") }
poll-how-one = Press a button to vote, and press it again to take your vote back.
poll-how-several = Press as many as you like; press again to take one back.
poll-how-anonymous = Press a button to vote. Nobody is told who chose what.
poll-how-quiz = Your first answer counts.
poll-yours = Your vote: { $chosen }.
poll-taken-back = I took your vote back.
poll-left-out = You asked to be left out, so I don't keep your vote. /privacy changes that.
poll-quiz-right = Right.{ $known ->
        [yes] {" "}{ $explanation }
       *[no] {""}
    }
poll-quiz-wrong = Not quite: { $right } is right.{ $known ->
        [yes] {" "}{ $explanation }
       *[no] {""}
    }
poll-quiz-again = You have answered already. { $told }
