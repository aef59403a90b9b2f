### Activities

## Activities: /activities

command-activities = See what goes on here on a schedule; moderators set it up
option-activities-which-name = which
option-activities-which = The number of an activity, or a kind to set up
option-activities-settings-name = settings
option-activities-settings = When, and what else: daily 09:00 points=5 hours=12
activities-title = **Activities of { $community }**
activities-none = **What could go on here:**
activities-new = New activity
activities-choose = Press one to see or change it.
activities-nothing = Nothing is planned here at the moment.
activities-line =
    { $number }. **{ $name }** in { $room } · { $when } · { $state ->
        [active] next { $next }
        [paused] paused
        [stopped] stopped
       *[draft] not started
    }
activities-open = **{ $name }** in { $room } is open until { $until }: take part there.
activities-coming =
    { $name } in { $room }{ $when ->
        [none] {""}
       *[other] {" "}· { $when }
    } · next { $next }{ $joined ->
        [in] {" "}· you are in
        [out] {" "}· for who joins it
       *[open] {""}
    }
activities-join = Join: { $name }
activities-leave = Leave: { $name }
activities-joined = You are in { $name } from now on.
activities-left = You are no longer in { $name }.
error-activity-not-joinable = That one can't be joined: it doesn't run now, or needs no joining. /activities shows what there is.
activity-time = { $day }, { $time }
activity-when-daily = daily at { $time }
activity-when-weekdays = Monday to Friday at { $time }
activity-when-weekly =
    { $every ->
        [one] { $days } at { $time }
       *[other] every { $every } weeks on { $days } at { $time }
    }
activity-when-monthly =
    { $number ->
        [-1] on the last day of each month at { $time }
       *[other] on day { $number } of each month at { $time }
    }
activity-when-monthly-weekday =
    { $number ->
        [-1] each month’s last { $day } at { $time }
       *[other] each month’s { $day } number { $number } at { $time }
    }
activity-when-once = once, on { $day } at { $time }
activity-cost = Whoever takes part gets { COUNT($points, "point") } unless you set another figure; at most { COUNT($most, "run") } a day give anybody points.
activity-free = It gives no points.
activity-need-pin = Pinning needs the right to pin messages.
activity-need-events = On Discord its next run stands among the server’s events, for which it needs the right to create events.
activity-how-kind = Typed: `/activities { $kind } daily 09:00 { $fields }`
activity-set-up = Set it up here
activity-head = **{ $name }** · number { $number }
activity-state-draft = Not started yet.
activity-state-active = No run is left.
activity-state-paused = Paused.
activity-state-stopped = Stopped.
activity-state-trouble = Paused by itself: { $why }
activity-next =
    { $moved ->
        [yes] Next run: { $at } (moved).
       *[no] Next run: { $at }.
    }
activity-written-to =
    { $done ->
        [yes] Directly: { $count } of { $every } written to.
       *[no] Directly: { $count } of { $every } written to so far.
    }{ $failed ->
        [0] {""}
       *[other] {" "}{ $failed } couldn’t be reached.
    }{ $unsure ->
        [0] {""}
       *[other] {" "}{ $unsure } may have had it: I was cut off while sending, and write to nobody twice.
    }
activity-left-out = The last run was left out: { $why }
activity-where = Where: { $room }
activity-when = When: { $when }
activity-for = For: { $whom }
activity-whom-everybody = everybody
activity-whom-newcomers = who came this week
activity-whom-joined = who joined it
activity-whom-tier = { $tier } and above
activity-nobody = nobody is among those whom it is for.
activity-empty = For now its runs would be left out: { $why }
activity-setting = { $name }: { $value }
activity-lines =
    { $count ->
        [0] none of your own
       *[other] { COUNT($count, "line") }
    }
activity-lacks = “{ $name }” is still empty.
activity-clash = At about that time { $name } runs in the same room ({ $at }).
activity-too-many = With what else writes to members directly that makes { COUNT($times, "message") } in the next seven days. { COUNT($count, "member") } allow fewer with /quiet, and get only as many as they allow.
activity-how = Typed: `/activities { $number } when=mon 09:00{ $more }`
activity-change = What shall be different about { $name } (number { $number })?
activity-ask-lines = `{ $word }+=…` adds to what is there, one a line or with | between.
activity-ask = What shall “{ $name }” be? Choose, or type `/activities { $number } { $word }=…`
activity-write = Write it
bank-open = From a table
form-fill_bank = Questions from a table
field-fill_bank-table = The table
field-fill_bank-table-help = Its first line names the columns: question; for a quiz question, right, wrong1, wrong2 …, why.
field-fill_bank-anew = What becomes of the questions there are?
field-fill_bank-anew-no = They stay
field-fill_bank-anew-yes = These take their place
bank-reading = I'm reading “{ $name }”.
bank-filled =
    { COUNT($added, "question") } added{ $known ->
        [0] {""}
        [one] , 1 was there already
       *[other] , { NUMBER($known) } were there already
    }; the bank holds { NUMBER($total) }.
form-fill_setting = What shall it be?
field-fill_setting-value = The new value; of several a line each
activity-ask-when = For example: daily 09:00 · weekdays 09:00 · mon,thu 18:00 · every 2 weeks mon 18:00 · monthly 15 09:00 · monthly 2 tue 09:00 · 2026-12-24 18:00
activity-field-when = When
activity-field-room = Room
activity-field-whom = For whom
activity-field-tier = From tier
activity-field-move = move
activity-field-points = Points
activity-field-hours = Hours open
activity-field-stays = Hours until it goes (0: never)
activity-field-questions = Questions
activity-field-task = Task
activity-field-goal = Goal (0: none)
activity-field-tell = Also write to members
activity-field-holdout = Hold some out of direct messages
activity-field-trial = Try in blocks of days
activity-field-text = Text
activity-field-pinned = Pinned
activity-choice-no = no
activity-choice-yes = yes
activity-choice-room = only in the room
activity-choice-direct = to who opened the chat
activity-offer-daily = Daily 9:00
activity-offer-weekdays = Mon–Fri 9:00
activity-offer-monday = Mondays 9:00
activity-offer-friday = Fridays 18:00
activity-offer-sunday = Sundays 20:00
activity-offer-monthly = 1st of a month
activity-do-preview = Preview
activity-do-rehearse = Dry run
activity-do-start = Start
activity-do-pause = Pause
activity-do-begin = Run now
activity-do-skip = Skip the next
activity-do-hour = 1 hour later
activity-do-day = 1 day later
activity-do-change = Change
activity-do-copy = Copy to this room
activity-do-stop = Stop
activity-do-discard = Discard
activity-do-undo = Undo a run
activity-do-look = Look again
activity-undo-which = Which run shall I take back?
activity-undo-none = No run is there that could be taken back.
activity-undo-run = { $at }
activity-undo-ask =
    Take the run of { $name } of { $at } back? { $people ->
        [0] It gave nobody points.
        [one] 1 member loses the { COUNT($points, "point") } that it gave.
       *[other] { NUMBER($people) } members lose the { COUNT($points, "point") } that it gave them.
    } It counts for no streak any more, and its post says so. This can't be undone.
activity-undo-sure = Take it back
activity-undone = Taken back: { COUNT($points, "point") } of { COUNT($people, "member") }.
activity-undone-post = This run of { $name } was taken back by a moderator; its points are too.
error-activity-undone = That run is taken back already, or never began.
activity-direct =
    {""}**{ $community }**{ $room ->
        [none] {""}
       *[other] {" "}· { $room }
    }
activity-started = Started.
activity-begun = It runs now.
activity-not-begun = It didn't begin: see below.
activity-skipped-done = The run of { $at } is left out; the room is told.
activity-moved-done = The next run begins { $to }; the room is told.
activity-copied = Copied to this room. It doesn't run before you start it.
activity-skipped = { $name } of { $at } is left out this time.
activity-moved = { $name } of { $at } begins { $to } instead.
activity-preview-nothing = Nothing would be put up.
activity-preview-poll = *In the room it is a poll of the platform’s own, where it can ask that.*
activity-preview-only = This is a preview: nobody takes part yet.
activity-rehearsal = In { $room }, nothing sent yet:
activity-rehearsal-room = Everybody who reads the room sees one post. Nobody is written to directly: 0 pushes.
activity-rehearsal-direct = Everybody who reads the room sees one post. Directly, { COUNT($count, "member") } would be written to.
activity-rehearsal-letters = Nothing is put up in the room. Directly, { COUNT($count, "member") } would be written to today.
activity-rehearsal-refused = Left out: { NUMBER($count) } – { $why }
activity-rehearsal-audience =
    { $count ->
        [0] Nobody can take part:
        [one] 1 member can take part;
       *[other] { NUMBER($count) } members can take part;
    } { $others ->
        [0] nobody else is here.
        [one] 1 other, whom it isn't for, can't.
       *[other] { NUMBER($others) } others, whom it isn't for, can't.
    }
activity-rehearsal-disagree-circle =
    { $count ->
        [one] Left out of the circle: 1 member who didn't agree that I look at whom they talk with.
       *[other] Left out of the circle: { NUMBER($count) } members who didn't agree that I look at whom they talk with.
    }
activity-rehearsal-disagree-segment =
    { $few ->
        [yes] Left out of the group: fewer than five members who didn't agree that I look at how they come.
       *[no] Left out of the group: { COUNT($count, "member") } who didn't agree that I look at how they come.
    }
activity-refusal-out = bots, and who asked to be left out
activity-refusal-left = no longer here
activity-refusal-unreachable = never opened a direct chat with me
activity-refusal-off = want no messages unasked
activity-refusal-spent = had as many this week as they want
activity-refusal-held_out = held out, to measure the effect
activity-paused-itself = In { $community } I paused { $name } (number { $number }): { $why } When it is mended, start it again with /activities { $number }.
activity-forecast-holdout = To find out what it changes, { NUMBER($asked) } are asked and { NUMBER($held) } held out for eight weeks, then others. A difference of { COUNT($points, "point") } of 100 or more would be seen in 80 % of cases; today the figure is { NUMBER($base) } in 100. `holdout=no` leaves nobody out.
activity-forecast-few = Nobody is held out: { COUNT($eligible, "member") } could be written to in eight weeks, and with fewer than 50 no effect could be seen.
activity-forecast-blocks = To find out what it changes, it runs in blocks of { COUNT($days, "day") }: one of each two, in a drawn order, is without it, and its runs are left out. It takes { NUMBER($needed) } blocks, about { COUNT($weeks, "week") }. `trial=no` ends it.
activity-off = it is being tried, and this block of days is without it.
activity-trouble-space = I was put out of that place.
activity-trouble-room = The room is gone.
activity-trouble-refused = The platform didn't take my last post there: look at my rights in the room.
activity-trouble-bank = There is no question in the bank.
activity-again = You are in already.
activity-joined =
    { $points ->
        [0] You're in. Write your answer in the room.
       *[other] You're in: +{ COUNT($points, "point") }. Write your answer in the room.
    }
error-no-activity = There is no such activity here. /activities lists them.
error-activity-over = That one is over. /activities shows what comes next.
error-activity-tier = This one is for { $tier } and above. /tier says how to get there.
error-activity-newcomers = This one is for those who came in the { COUNT($days, "day") } before it began.
error-activity-circle = This one is for a circle that you aren't in, or you didn't agree that I look at whom you talk with (/privacy).
error-activity-segment = This one is for a group that you aren't in, or you didn't agree that I look at how you come (/privacy).
error-activity-join-first = This one is for who joined it: press Join under /activities first.
error-activity-whom = “{ $given }” names nobody I know. Give it one of: { $options }.
error-activity-began = That run has begun already.
error-activity-left-out = That run is left out already.
error-activity-not-active = It doesn't run at the moment: start it first.
error-activity-lacks = “{ $name }” is still empty. Type `/activities { $number } { $word }=…`
error-activity-kind = “{ $given }” is no kind of activity. There are { $kinds }.
error-activity-when = I can't read “{ $given }” as a time. Write, for example, daily 09:00, weekdays 09:00, mon,thu 18:00, every 2 weeks mon 18:00, monthly 15 09:00 or 2026-12-24 18:00.
error-activity-past = That time is over. Give one that is still to come.
error-activity-off = It is being tried, and the days around that time are without it. Choose another time, or end the trial with trial=no.
error-activity-room = “{ $given }” names { $count ->
        [0] no room
       *[other] more than one room
    } here. Press “Room” to choose one.
error-activity-text = Give it 1 to { NUMBER($limit) } characters.
error-activity-lines = Give it one text a line, or several with | between them: { NUMBER($least) } at least, { NUMBER($most) } at most.
error-activity-line-long = A line may have { NUMBER($limit) } characters; this one has more: “{ $given }…”
error-activity-number = Give it a whole number from { NUMBER($low) } to { NUMBER($high) }.
error-activity-choice = Give it one of: { $options }.
error-activities-full = There are { NUMBER($most) } activities already. Stop one first.

## /calendar

command-calendar = See what comes in the next four weeks
calendar-nothing = Nothing is planned for the next four weeks.
calendar-title =
    { $count ->
        [one] 1 event in the next four weeks
       *[other] { NUMBER($count) } events in the next four weeks
    }
calendar-foot = { $community } · until { $until }
calendar-zone = Times in { $zone }
option-calendar-feed-name = feed
option-calendar-feed = feed, for an address to subscribe to in your own calendar
calendar-feed =
    Subscribe to this address in your calendar; it follows every change. Whoever has it can read the calendar, so keep it in the community:
    `{ $address }`
calendar-feed-renew = New address
calendar-feed-own = Only what is for me
calendar-own =
    Your own calendar: what is for you, and what you joined. Whoever has this address can read it, so keep it to yourself:
    `{ $address }`
calendar-own-drop = Take it away
calendar-own-dropped = That address leads nowhere any more. /calendar feed gives another.
calendar-feed-nowhere = There is no address to subscribe to yet: whoever runs me sets KITH_PUBLIC_URL first.
calendar-unit = { " " }events
calendar-run = { $time } { $name } in { $room }
calendar-line = { $day } · { $runs }
calendar-more =
    { $count ->
        [one] and 1 more
       *[other] and { NUMBER($count) } more
    }

## /apart

command-apart = See whom I don't pair you with, or add somebody; nobody else sees it
option-apart-member-name = member
option-apart-member = Whom I shall never introduce you to
apart-kept = I never pair the two of you again. Nobody else sees this; /apart takes it back.
apart-none = There is nobody whom I don't pair you with.
apart-title = I don't pair you with { $names }. Only you see this.
apart-take-back = Allow { $name } again
apart-taken-back = Taken back.
error-apart-self = Nobody is paired with themselves.
error-apart-full = There are { $most } people on your list, as many as one can have. Take one back first.
error-apart-gone = That is taken back already.

## Kinds of activities

activity-question = Daily question
activity-question-about = One question from your bank each time; whoever answers in the room presses the button. No question comes again before all had their turn.
activity-question-post =
    {""}**{ $question }**
    { $count ->
        [0] Write your answer in the room, then press the button.
        [one] 1 person answered so far.
       *[other] { NUMBER($count) } people answered so far.
    }
activity-question-join = I answered
activity-question-over =
    {""}**{ $question }**
    { $count ->
        [0] Closed. Nobody answered this time.
        [one] Closed. 1 person answered.
       *[other] Closed. { NUMBER($count) } people answered.
    }
activity-challenge = Check-in challenge
activity-challenge-about = A task for everybody, each day or as often as you like: who did it presses the button and keeps a streak. One missed time is forgiven, another after seven in a row; who may be named is ranked at each end.
activity-challenge-post =
    {""}**{ $task }**
    { $reached ->
        [yes] Goal reached: { NUMBER($count) } of { NUMBER($goal) } did it.
        [no] { NUMBER($count) } of { NUMBER($goal) } did it so far.
       *[none] { NUMBER($count) } did it so far.
    }
activity-challenge-join = Done
activity-challenge-joined =
    { $points ->
        [0] Noted. Your streak: { NUMBER($streak) }.
       *[other] Noted: +{ COUNT($points, "point") }. Your streak: { NUMBER($streak) }.
    }
activity-challenge-again = Noted already. Your streak: { NUMBER($streak) }.
activity-challenge-make-up = Make up for the one before
activity-challenge-made-up = Made up for, without points. Your streak: { NUMBER($streak) }. You can do that once a month.
error-challenge-make-up = You can make up for the run before within two days, once a month, and where you took part earlier.
activity-challenge-over =
    {""}**{ $task }**
    { $reached ->
        [yes] Closed: { NUMBER($count) } did it, the goal of { NUMBER($goal) } is reached.
        [no] Closed: { NUMBER($count) } did it, the goal was { NUMBER($goal) }.
       *[none] Closed: { NUMBER($count) } did it.
    }
activity-challenge-place = { $place }. { $name } · { NUMBER($streak) } in a row
activity-thanks_round = Thank-you round
activity-thanks_round-about = For some hours everybody is asked to thank somebody with /thanks. Whoever does takes part by that alone.
activity-field-occasion = Occasion
activity-thanks-round-post =
    { $occasion ->
        [none] Who helped you lately? Say `/thanks` and their name.
       *[other] { $occasion } Who helped you? Say `/thanks` and their name.
    }
    { $count ->
        [0] Be the first.
        [one] 1 person said thanks so far.
       *[other] { NUMBER($count) } people said thanks so far.
    }
activity-thanks-round-over =
    { $count ->
        [0] The thank-you round is over. Nobody said thanks this time.
        [one] The thank-you round is over: 1 person said thanks.
       *[other] The thank-you round is over: { NUMBER($count) } people said thanks.
    }
activity-poll = Poll
activity-poll-about = A question with up to ten answers as buttons: one vote each, which can be changed while it is open. The end shows what came of it.
activity-field-ask = Question
activity-field-options = Answers
activity-poll-post =
    {""}**{ $ask }**
    { $count ->
        [0] Press your answer.
        [one] 1 vote so far.
       *[other] { NUMBER($count) } votes so far.
    }
activity-poll-over =
    {""}**{ $ask }**
    { $count ->
        [0] Closed. Nobody voted.
        [one] Closed, with 1 vote:
       *[other] Closed, with { NUMBER($count) } votes:
    }
activity-poll-line = { $option } { $bar } { NUMBER($count) } ({ $share } %)
activity-poll-foot = { $community } · { COUNT($count, "vote") }
activity-poll-votes = votes
activity-poll-voted =
    { $points ->
        [0] Your vote: { $option }. Until the end you can change it.
       *[other] Your vote: { $option } (+{ COUNT($points, "point") }). Until the end you can change it.
    }
activity-poll-gone = That answer is no longer among them.
activity-quiz = Quiz
activity-quiz-about = One question from your bank each time, with two to six answers as buttons. The first answer counts; points are for the right one. The end says which it was, why, and who of those who may be named was fastest.
activity-field-items = Quiz questions
activity-quiz-post =
    {""}**{ $asked }**
    { $count ->
        [0] Press your answer: the first counts.
        [one] 1 person answered so far.
       *[other] { NUMBER($count) } people answered so far.
    }
activity-quiz-over =
    {""}**{ $asked }**
    Right is: { $answer }. { $count ->
        [0] Nobody answered this time.
       *[other] { NUMBER($right) } of { NUMBER($count) } knew it.
    }
activity-quiz-why = { $why }
activity-quiz-place =
    { $place }. { $name } · { $unit ->
        [second] { COUNT($took, "second") }
        [minute] { COUNT($took, "minute") }
       *[hour] { COUNT($took, "hour") }
    }
activity-quiz-right =
    { $points ->
        [0] Right. The end says more.
       *[other] Right: +{ COUNT($points, "point") }. The end says more.
    }
activity-quiz-wrong = “{ $answer }” is not it. The end says what is.
error-activity-quiz = Line { NUMBER($number) } is no question: “{ $given }”. Write it as Question? ; *right answer ; wrong answer # why
activity-review = Review quiz
activity-review-about = Each member is asked in private what they are about to forget of your bank, by spaced repetition (FSRS): the better they know an answer, the later it comes again. Who did all that was due takes part. Reminders go to who asked for them.
activity-field-cards = Questions a member
activity-review-post =
    {""}**Time to review: { COUNT($questions, "question") } in the bank**
    Press, and I ask you in private what you are about to forget. Only you see your answers.
    { $count ->
        [0] Nobody is done yet.
        [one] 1 person is done.
       *[other] { NUMBER($count) } people are done.
    }
activity-review-join = Review now
activity-review-ask =
    {""}**{ $asked }**
    { NUMBER($due) } due, { NUMBER($learned) } learned
activity-review-right =
    Right.{ $why ->
        [none] {""}
       *[other] {" "}{ $why }
    }
    How did it come?
activity-review-hard = With effort
activity-review-good = Well
activity-review-easy = At once
activity-review-wrong =
    It is “{ $answer }”.{ $why ->
        [none] {""}
       *[other] {" "}{ $why }
    }
    It comes again in a moment.
activity-review-next = Next
activity-review-done =
    { $done ->
        [0] Nothing is due.
       *[other] Done: { COUNT($done, "question") }{ $points ->
            [0] .
           *[other] , +{ COUNT($points, "point") }.
        }
    } { NUMBER($learned) } learned.{ $next ->
        [none] {""}
       *[other] {" "}Next: { $next }.
    }
activity-review-remind = Remind me each day
activity-review-remind-no = Remind me no more
activity-review-reminded =
    { $reached ->
        [yes] I write to you at { $time } on days when something is due, as often as /quiet allows.
       *[no] Noted, but I can't write to you yet: open a direct chat with me and say /start, or allow more with /quiet.
    }
activity-review-reminded-no = I remind you no more.
activity-review-reminder = Something is due for review in { $community }.
activity-review-over =
    { $count ->
        [0] The review is closed. Nobody got to the end this time.
        [one] The review is closed: 1 person did all that was due.
       *[other] The review is closed: { NUMBER($count) } people did all that was due.
    }
activity-raffle = Raffle
activity-raffle-about = Whoever presses gets a number. The hash of a secret stands in the post from the start, the secret itself at the end: with both, everybody can check the draw.
activity-field-prize = Prize
activity-field-winners = Winners
activity-raffle-post =
    {""}**To be won: { $prize }**
    { $winners ->
        [one] 1 person wins.
       *[other] { NUMBER($winners) } people win.
    } { $count ->
        [0] Be the first to join.
        [one] 1 person is in.
       *[other] { NUMBER($count) } people are in.
    }
    { $hash ->
        [none] Here the SHA-256 of a secret will stand, before anybody is in.
       *[other] SHA-256 of the secret: `{ $hash }`
    }
activity-raffle-join = I'm in
activity-raffle-joined = You have number { $number }. If you win, I write to you, and tell the moderator who you are.
activity-raffle-again = You are in already, with number { $number }.
activity-raffle-over =
    {""}**To be won: { $prize }**
    { $count ->
        [0] Closed. Nobody was in.
        [one] Closed, with 1 person in.
       *[other] Closed, with { NUMBER($count) } people in.
    }
activity-raffle-winner =
    { $named ->
        [yes] { $place }. { $name } (number { $number })
       *[no] { $place }. Number { $number }
    }
activity-raffle-won = You won in { $community }, with number { $number }: { $prize }. A moderator knows, and will be in touch.
activity-raffle-winners =
    The raffle of { $community } is over: { $prize }. { $count ->
        [one] Give it to whoever won:
       *[other] Give it to those who won:
    }
activity-raffle-whose =
    – { $name } (number { $number }){ $reached ->
        [yes] {""}
       *[no] {" "}– may not know it yet: I have no direct chat with them
    }
activity-raffle-check = Numbers in the draw: { $numbers }. The secret: `{ $seed }`. Place k goes to SHA-256 of “secret:k” modulo how many are left, counted from 0.
activity-introductions = Introductions
activity-introductions-about = Who wants to meet somebody presses the button; at the end I name the pairs (three where the number is odd) and write to each. Nobody meets the same person again for eight rounds, and people who rarely talk with each other come first.
activity-introductions-post =
    Who wants to meet somebody new? Press, and I name the pairs in the room.
    { $count ->
        [0] Nobody yet.
        [one] 1 person so far.
       *[other] { NUMBER($count) } people so far.
    }
activity-introductions-join = Pair me
activity-introductions-joined =
    { $points ->
        [0] You're in. I say in the room whom you meet.
       *[other] You're in: +{ COUNT($points, "point") }. I say in the room whom you meet.
    }
activity-introductions-over =
    { $groups ->
        [0] Introductions are closed: too few wanted to meet somebody this time.
       *[other] These { NUMBER($people) } people meet now; write to each other and find a time:
    }
activity-introductions-group = – { $names }
activity-introductions-more =
    { $count ->
        [one] and 1 more group, told directly
       *[other] and { NUMBER($count) } more groups, told directly
    }
activity-introductions-meet = In { $community } you meet { $names } this time. Write to each other and find half an hour.
activity-introductions-apart = Don't pair me with { $name }
activity-introductions-away = Skip a month
activity-introductions-away-until = I pair you with nobody until { $until }. To come back before, leave and join again under /activities.
activity-introductions-alone = In { $community } nobody was left to meet you this time. The next round comes.
activity-introductions-ask = Did you meet whom I introduced you to in { $community }?
activity-introductions-met = We met
activity-introductions-not-yet = Not yet
activity-introductions-noted = Good to hear.
activity-introductions-still-time = There is still time.
activity-introductions-met-before =
    { $count ->
        [one] Of the { $of } people of the round before, 1 said they met.
       *[other] Of the { $of } people of the round before, { $count } said they met.
    }
activity-mentors = Mentors
activity-mentors-about = Who can mentor says how many they take on and on which of your topics, who looks for a mentor on which. At the end I bring together as many as can be, of the same topic and near in time zones, write to each, and ask after two weeks how it goes. Who says that it doesn't is brought together with the same person no more.
activity-field-topics = Topics
activity-mentors-post =
    {""}**Who mentors whom?** Topics: { $topics }
    { $offered ->
        [0] No mentor yet
        [one] 1 mentor
       *[other] { NUMBER($offered) } mentors
    }, { $sought ->
        [0] nobody looks for one yet.
        [one] 1 person looks for one.
       *[other] { NUMBER($sought) } people look for one.
    } At the end I write to you with whom you are.
activity-mentors-offer = I can mentor
activity-mentors-seek = I look for a mentor
activity-mentors-how-many = How many people can you take on?
activity-mentors-which = On which topic do you look for a mentor?
activity-mentors-offered =
    You take on { COUNT($capacity, "member") } at most. { $topics ->
        [none] On which topics? Press at least one.
       *[other] Your topics: { $topics }. Press one to add or drop it.
    }
    Your time zone: { $zone } (/quiet changes it).
activity-mentors-wanted = Noted: you look for a mentor on { $topic }. Your time zone: { $zone } (/quiet changes it). At the end I write to you.
activity-mentors-leave = Leave
activity-mentors-left = You are in it no more.
activity-mentors-over =
    { $pairs ->
        [0] The search for mentors is closed: nobody could be brought together this time.
        [one] The search for mentors is closed: 1 person has a mentor now.
       *[other] The search for mentors is closed: { NUMBER($pairs) } people have a mentor now.
    }{ $waiting ->
        [0] {""}
        [one] {" "}For 1 there was none this time.
       *[other] {" "}For { NUMBER($waiting) } there was none this time.
    }
activity-mentors-pair = – { $mentor } mentors { $name } ({ $topic })
activity-mentors-meets = Your mentor in { $community } on { $topics } is { $names }. Write to each other and find a first time.
activity-mentors-takes = In { $community } you mentor { $names } ({ $topics }). Write to each other and find a first time.
activity-mentors-nobody = For you there was nobody to bring you together with in { $community } this time. The next round may have somebody.
activity-mentors-ask = How does it go with { $name } in { $community }? Only I read your answer.
activity-mentors-well-yes = It goes well
activity-mentors-well-no = Not for us
activity-mentors-well-never = We never met
activity-mentors-noted =
    { $well ->
        [yes] Good to hear.
       *[never] Thank you. Write to each other once more; one of you has to begin.
    }
activity-bounty = Question bounty
activity-bounty-about = Members put points of their own on a question; whoever’s answer they accept gets them. Without one they come back at the end. Points only change hands: nobody’s level comes of it.
activity-field-most = Points on a question at most
activity-field-each = Open questions a member
activity-field-days = Days a question is open
activity-bounty-post =
    {""}**Is there a question that you would like to have answered?** Put up to { COUNT($most, "point") } of yours on it; whoever’s answer you accept within { COUNT($days, "day") } gets them.
    { $count ->
        [0] Be the first to ask.
        [one] 1 person asked so far.
       *[other] { NUMBER($count) } people asked so far.
    }
activity-bounty-join = Ask for points
activity-bounty-over =
    { $count ->
        [0] No more questions with points for now. Nobody asked one this time.
        [one] No more questions with points for now: 1 person asked.
       *[other] No more questions with points for now: { NUMBER($count) } people asked.
    }
form-ask_for_points = A question with points
field-ask_for_points-question = Your question
field-ask_for_points-question-help = Everybody in the room reads it
field-ask_for_points-points = Points on it
command-bounty = See questions that have points on them, and ask one yourself
command-accept = Accept somebody's answer to your question
option-accept-member-name = member
option-accept-member = Whose answer it is
menu-accept = Accept as answer
bounty-post =
    {""}**{ COUNT($points, "point") } for an answer** · { $name } asks:
    { $asked }
    Answer here. Open until { $until }.
forum-tag-open = open
forum-tag-solved = solved
bounty-accept-one = Accept an answer
bounty-accept = Accept an answer: { $asked }
bounty-asked = Your question stands in the room, with { COUNT($points, "point") } on it until { $until }; { COUNT($balance, "point") } are left. Accept an answer with the button under it, or answer it with /accept.
bounty-title = **Questions with points on them:**
bounty-line = { COUNT($points, "point") } · { $asked } · until { $until }
bounty-choose = Whose?
bounty-here = Put points on this post
bounty-none = No question has points on it at the moment.
bounty-nothing = No question has points on it at the moment, and none can be asked: a moderator opens that with /activities.
bounty-which = Which of your questions did { $name } answer?
bounty-whose = Whose answer to “{ $asked }” do you accept? They get the points at once.
bounty-nobody = Nobody has written in the room since you asked “{ $asked }”.
bounty-accepted = Accepted: { $name } gets { COUNT($points, "point") }.
bounty-won = { $name } accepted your answer in { $community }: +{ COUNT($points, "point") }.
bounty-solved-post =
    {""}**Solved** · { $name ->
        [none] the answer got { COUNT($points, "point") }
       *[other] { $name } got { COUNT($points, "point") }
    }
    { $asked }
bounty-returned = No answer to “{ $asked }” in { $community } was accepted in time: your { COUNT($points, "point") } are back.
bounty-returned-post =
    {""}**Open no more** · no answer was accepted, the { COUNT($points, "point") } went back
    { $asked }
bounty-undone = A moderator took your question “{ $asked }” in { $community } back: your { COUNT($points, "point") } are back.
bounty-undone-post =
    {""}**Taken back** · a moderator gave the { COUNT($points, "point") } back
    { $asked }
bounty-lost = A moderator took the { COUNT($points, "point") } for your answer to “{ $asked }” in { $community } back.
bounty-reopened = A moderator took the { COUNT($points, "point") } for the answer to “{ $asked }” in { $community } back: your question is open again until { $until }. Accept another answer with the button under it.
bounty-gone = This question was taken back.
error-bounty-most = Put { COUNT($most, "point") } on it at most.
error-bounty-each = You have { COUNT($each, "question") } open already, as many as one may. Accept an answer to one first.
error-bounty-there = There are points on this post already.
error-bounty-too-dear = You have { COUNT($balance, "point") }, too few to put { NUMBER($points) } on a question.
error-bounty-none = You have no open question with points on it. /bounty shows how to ask one.
error-bounty-over = That question is open no more.
error-bounty-not-yours = Only whoever asked can accept an answer. Write yours in the room.
error-bounty-self = You can't accept an answer of your own.
error-bounty-bot = That is a bot: it has no use for points.
error-bounty-left = { $name } isn't here any more.
error-bounty-bridge = { $name } writes through a bridge and has no account here that points could go to.
error-bounty-undone = A moderator took the points of that question back: it has none to give.
activity-homework = Homework
activity-homework-about = A task to hand in by form, a text, a link or a file, which can be changed until it is due. Then each who handed in rates the work of others from 1 to 5, or moderators do; nobody is told whose work it is. The end ranks those who may be named and shows the best whose authors said yes.
activity-field-review = Of these, hours for rating
activity-field-peers = Works each rates (0: moderators rate)
activity-homework-post =
    {""}**{ $task }**
    Hand it in until { $until }. { $count ->
        [0] Nobody has handed in so far.
        [one] 1 person handed in so far.
       *[other] { NUMBER($count) } people handed in so far.
    }
activity-homework-join = Hand in
activity-homework-mine = What I handed in
activity-homework-due =
    {""}**{ $task }**
    { $count ->
        [0] It is due; nobody handed in.
        [one] It is due: 1 person handed in. Moderators rate until { $until }.
       *[other] It is due: { NUMBER($count) } people handed in. { $by ->
            [peers] Whoever did rates the work of others
           *[host] Moderators rate
        } until { $until }.
    }
activity-homework-rate = Rate
form-hand_in = Homework
field-hand_in-work = Your work
field-hand_in-work-help = A text, or a link to it; a file has its own field
field-hand_in-attachment = A file
field-hand_in-attachment-help = Raters see its name.
activity-homework-joined =
    { $points ->
        [0] Handed in.
       *[other] Handed in: +{ COUNT($points, "point") }.
    } Until { $until } you can change it by handing in again. If it is among the best, may I show it in the room?
activity-homework-show-yes = Yes, show it
activity-homework-show-no = Don't show it
activity-homework-show =
    { $show ->
        [yes] If it is among the best, I show it in the room, with your name if you agreed to be named.
       *[no] I don't show it.
    }
activity-homework-yours =
    You handed this in. { $show ->
        [yes] It may be shown if it is among the best.
       *[no] It is not to be shown.
    }
activity-homework-to-rate = There is homework to rate in { $community }, until { $until }.
activity-homework-work = How good is this, from 1 to 5? { NUMBER($left) } to rate.
activity-homework-rated = Noted: { NUMBER($stars) } of 5. Only a word of yours tells the author why.
activity-homework-comment = Say why
activity-homework-next = Next
form-comment_work = A word to the author
field-comment_work-comment = What is good, what would be better?
activity-homework-commented = The author reads it at the end, without your name.
activity-homework-nothing = Nothing waits for a rating of yours.
activity-homework-over =
    {""}**{ $task }**
    { $count ->
        [0] Closed. Nobody handed in.
        [one] Closed: 1 person handed in, { NUMBER($rated) } was rated.
       *[other] Closed: { NUMBER($count) } people handed in, { NUMBER($rated) } were rated.
    }
activity-homework-place = { $place }. { $name } · { $stars } of 5
activity-homework-best =
    {""}**Among the best** ({ $stars }{ $name ->
        [none] {""}
       *[other] , { $name }
    }): { $work }
activity-homework-result =
    Your homework in { $community } got { $stars } of 5{ $count ->
        [one] , from 1 person.
       *[other] , from { NUMBER($count) } people.
    }
activity-homework-said = – { $comment }
error-homework-late = It was due { $until }: it is too late to hand in.
error-homework-empty = Hand in a text or a file: neither was there.
error-homework-early = Ratings begin when it is due, { $until }.
error-homework-none = You haven't handed in anything here.
error-homework-not-yours = That work isn't yours to rate.
activity-announcement = Announcement
activity-announcement-about = Your words on a schedule: pinned if you like, and taken away again after so many hours if you like.
activity-invitation = Invitation to agree
activity-invitation-about = A post that asks everybody, with buttons, whether lists may name them, with what each choice gives and how many agreed so far. Only whoever presses sees my answer; nobody is named in the post.
activity-invitation-post =
    { $text ->
        [none] {""}**Who of you wants to be seen in { $community }?**
       *[other] {""}**{ $text }**
    }
    · Name me: /mycircle shows you whom you talk with, and lists of this community may name you.
    · Just count me: points, level, tier and rank; beyond these you appear in sums alone.
    · Leave me out: I keep nothing but the sum of your points and your account.
    { $count ->
        [0] Nobody agreed to be named so far.
        [one] 1 person agreed to be named so far.
       *[other] { NUMBER($count) } people agreed to be named so far.
    } Only you see my answer, and /consent changes it any time.
activity-invitation-personal = Name me
activity-invitation-counted = Just count me
activity-invitation-out = Leave me out
activity-invitation-over =
    { $count ->
        [0] Nobody in { $community } agreed to be named so far.
        [one] 1 person in { $community } agreed to be named so far.
       *[other] { NUMBER($count) } people in { $community } agreed to be named so far.
    } /consent lets you choose any time.
activity-sequence = Sequence
activity-sequence-about = Messages to each member alone, so many days after they came (a welcome path) or fell silent (a way back), until they wrote or checked in. Without steps of yours it has its own. Nobody is written to who didn't open the chat with me, wants no messages, or had as many this week as they want.
activity-field-trigger = Begins when somebody
activity-field-steps = Steps
activity-field-until = Goal
activity-choice-joined = comes
activity-choice-silent = falls silent
activity-choice-wrote = they wrote
activity-choice-checkin = they checked in
activity-choice-none = none: all steps
activity-sequence-day = **Day { $day }:** { $text }
activity-sequence-letter =
    {""}**{ $community }**
    { $text }
activity-sequence-joined =
    0: Good to have you here. Say in the community who you are and what brings you: one line is enough.
    1: What would you like to learn first? Ask it in the community; no question is too small.
    3: /activities shows what goes on this week, /calendar when. Pick one thing and come by.
    7: You have been here for a week. Thank somebody who helped you with /thanks, or answer a question yourself.
activity-sequence-silent =
    14: It has been two weeks. /activities shows what goes on at the moment.
    28: You haven't been here for four weeks. Is there a question that you would like to have answered? Ask it in the community. To hear less from me, say /quiet.
activity-renewal = Renewal reminder
activity-renewal-about = Messages to each member alone, so many days before a plan or an item that they have for a time ends, with its name below; who renewed gets no more of them. Nobody is held out. Without steps of yours it has its own.
activity-renewal-day =
    { $day ->
        [0] **On the last day:** { $text }
        [one] **1 day before:** { $text }
       *[other] **{ NUMBER($day) } days before:** { $text }
    }
activity-renewal-steps =
    7: You have this for another week. If it renews by itself, there is nothing to do.
    1: You have this until tomorrow. If it renews by itself, there is nothing to do.
activity-renewal-plan = **{ $name }**: /plans shows how it goes on.
activity-renewal-item = **{ $name }**: `/search #{ $item }` shows how it goes on.
error-activity-step = Line { NUMBER($number) } is no step: “{ $given }”. Write a day from 0 to { NUMBER($most) }, a colon and the words, each day once: 3: How is it going?
activity-digest = Digest
activity-digest-about = What the last seven days held: the messages that most people answered or reacted to (as links, never their words), who helped of those who may be named, thanks, newcomers, those who wait for an answer, and what comes. A week without any of it is left out.
activity-digest-title = **The last seven days in { $community }**
activity-digest-answered = Most answered: { $messages }
activity-digest-people =
    { $count ->
        [one] 1 person
       *[other] { NUMBER($count) } people
    }
activity-digest-message = { $people } in { $room }
activity-digest-helped =
    { $count ->
        [one] 1 person answered others
       *[other] { NUMBER($count) } people answered others
    }{ $names ->
        [none] .
       *[other] , among them { $names }.
    }
activity-digest-thanks = Thanks were said { COUNT($count, "time") }.
activity-digest-came =
    { $came ->
        [one] 1 person came
       *[other] { NUMBER($came) } people came
    }, { NUMBER($wrote) } wrote, { NUMBER($answered) } had an answer.
activity-digest-waiting =
    { $count ->
        [one] 1 newcomer waits
       *[other] { NUMBER($count) } newcomers wait
    } for an answer{ $rooms ->
        [none] .
       *[other] , in { $rooms }.
    }
activity-digest-coming = Next: { $activities }
activity-digest-activity = { $name } ({ $at })
activity-digest-nothing = the last seven days had nothing to tell.
activity-digest-want = My own part
activity-digest-wanted =
    With each digest I write to you from now on: your points and your streak{ $agreed ->
        [yes] , and what you missed in your rooms.
       *[no] . If you agree with /consent that I look at whom you talk with, also what you missed in your rooms.
    }{ $reached ->
        [yes] {""}
       *[no] { " " }For that, open the chat with me and say /start; /quiet says how much you want to hear from me.
    }
activity-digest-unwanted = It ends here: no part of your own any more.
activity-digest-stop = No more of this
activity-digest-own = **Your last seven days in { $community }**
activity-digest-missed = In your rooms, without you: { $messages }
activity-digest-points = { COUNT($points, "point") } came in; you have { NUMBER($balance) }.
activity-digest-streak = You are on a streak of { COUNT($streak, "day") }.
activity-live = Live session
activity-live-about = A session or an ask-me-anything, announced so many hours ahead: seats with a line behind them, questions that members hand in and vote on, a reminder and the link to who has a seat fifteen minutes before, the recording afterwards. Whoever presses while it is on takes part.
activity-field-topic = Topic
activity-field-lead = Hours ahead
activity-field-minutes = Minutes long
activity-field-seats = Seats (0: no limit)
activity-field-link = Link
error-activity-link = Give it an address that begins with https://
activity-live-post =
    {""}**{ $topic }**
    { $on ->
        [yes] It is on, since { $at }.
       *[no] Starts { $at }.
    }
activity-live-seats =
    { $limited ->
        [yes] { NUMBER($count) } of { COUNT($seats, "seat") } taken{ $waiting ->
            [0] .
           *[other] , { NUMBER($waiting) } in line.
        }
       *[no] { $count ->
            [0] Nobody has a seat yet.
            [one] 1 person comes.
           *[other] { NUMBER($count) } people come.
        }
    }
activity-live-interested =
    { $count ->
        [one] 1 person is interested on Discord.
       *[other] { NUMBER($count) } people are interested on Discord.
    }
activity-live-here-now =
    { $count ->
        [0] Press “I'm here” once you are in.
        [one] 1 person is here.
       *[other] { NUMBER($count) } people are here.
    }
activity-live-question = { $place }. { $text } · { COUNT($votes, "vote") }
activity-live-done = ✓ { $text }
activity-live-seat = Take a seat
activity-live-leave = Give it up
activity-live-link = The link
activity-live-here = I'm here
activity-live-ask = Ask something
activity-live-questions = Questions ({ NUMBER($count) })
activity-live-seated = You have a seat. It starts { $at }; I write to you fifteen minutes before.
activity-live-waiting =
    { $place ->
        [1] All seats are taken; you are next in line. I write to you when one is free.
       *[other] All seats are taken; you are number { NUMBER($place) } in line. I write to you when one is free.
    }
activity-live-let-in = A seat is free: you are in for **{ $topic }** in { $community }. It starts { $at }.
activity-live-left =
    { $had ->
        [wait] You are in line no more.
       *[seat] You gave it up. Thanks for saying so{ $next ->
            [yes] : the next in line is in.
           *[no] .
        }
    }
activity-live-no-seat-yet = You have no seat to give up.
activity-live-reminder = **{ $topic }** in { $community } starts { $at }. You have a seat.
activity-live-link-is = Here you get in: { $link }
activity-live-here-noted =
    { $points ->
        [0] Good that you are here.
       *[other] Good that you are here: +{ COUNT($points, "point") }.
    }
form-live_asked = Your question
field-live_asked-text = What would you like to know?
field-live_asked-text-help = Everybody sees it, without your name. It goes when the session is over.
activity-live-asked = It's in the queue, with your vote. The most wanted come first.
activity-live-page =
    {""}**{ $topic }**
    { $count ->
        [0] Nobody asked anything yet.
       *[other] { COUNT($count, "question") }. ▲ votes for one, or takes your vote back.
    }
activity-live-host = Who hosts
form-live_hosted = Who hosts it
field-live_hosted-host = Member
activity-live-hosted =
    { $name } hosts: they can mark questions as answered, and give the recording.{ $reached ->
        [yes] {""}
       *[no] {" "}They never wrote to me directly, so I may not reach them: tell them yourself.
    }
activity-live-you-host = You host **{ $topic }** in { $community }. It starts { $at }. “Questions” under its post lets you tick off what was answered.
activity-live-over =
    {""}**{ $topic }**
    { $count ->
        [0] It is over.
        [one] It is over; 1 person was here.
       *[other] It is over; { NUMBER($count) } people were here.
    }{ $asked ->
        [0] {""}
       *[other] { " " }{ NUMBER($answered) } of { COUNT($asked, "question") } answered.
    }
activity-live-off = **{ $topic }** in { $community } is called off.
activity-live-record = Give the recording
activity-live-record-ask = **{ $topic }** in { $community } is over; { COUNT($count, "member") } took part. Is there a recording? I say in the room where it is.
form-live_recorded = The recording
field-live_recorded-address = Its address
activity-live-recorded = Kept, and said in the room.
activity-live-recording = The recording of **{ $topic }**: { $link }
activity-live-missed = It would have been over already.
error-activity-live-seat = That is for who has a seat: take one first.
error-activity-live-link = The link is given out from { $at } on.
error-activity-live-early = It isn't on yet: it starts { $at }.
error-activity-live-full = There are { NUMBER($most) } questions waiting already. Vote for those first.
error-activity-live-answered = That one was answered.
error-activity-live-gone = That question is gone.
error-activity-live-host = That's for the host.
activity-cohort = Study cohort
activity-cohort-about = Whoever joins before the start goes through it together: a milestone each week with a button, a partner for those who want one, a reminder when a milestone is still open, a certificate for those who did them all. Points are for going through to the end.
activity-field-weeks = Milestones
error-activity-week = Line { NUMBER($number) } is no week: “{ $given }”. Write the week (1 to 52), a colon and what is to be done, each week once: 3: Chapters 5 and 6
activity-cohort-post =
    {""}**{ $topic }**
    { $on ->
        [yes] { $count ->
            [0] It began { $at }; nobody joined this time.
           *[other] Under way since { $at }, with { COUNT($count, "member") }.
        }
       *[no] We begin { $at }. { $count ->
            [0] Nobody is in yet.
            [one] 1 person is in.
           *[other] { NUMBER($count) } people are in.
        }
    }
activity-cohort-milestone = Week { $week }: { $what }
activity-cohort-join-no = I'm in
activity-cohort-join-yes = I'm in, with a partner
activity-cohort-leave = I'm out
activity-cohort-joined =
    { $partner ->
        [yes] You are in, with a partner: at the start ({ $at }) I tell the two of you each other's name.
       *[no] You are in. It begins { $at }.
    } If a milestone stays open, I remind you; “I'm out” ends that.
activity-cohort-left = You are out.
activity-cohort-not-in = You aren't in.
activity-cohort-partner =
    { $names ->
        [none] **{ $topic }** begins in { $community }. Nobody else wanted a partner this time, sorry.
       *[other] **{ $topic }** begins in { $community }. Your partner: { $names }. Write to each other and find a time.
    }
activity-cohort-week =
    {""}**{ $topic } · week { $week } of { $last }**
    { $what }
    { NUMBER($did) } of { NUMBER($count) } did it.
activity-cohort-do = Done
activity-cohort-done = Noted. { NUMBER($done) } of { COUNT($of, "milestone") } done.
activity-cohort-behind = **{ $topic }** in { $community }, week { $week }: “{ $what }” is still open for you. Once it's done, press the button there.
activity-cohort-through =
    { $points ->
        [0] You did it all: **{ $topic }**. Here is your certificate.
       *[other] You did it all: **{ $topic }** (+{ COUNT($points, "point") }). Here is your certificate.
    }
activity-cohort-certificate = You went through **{ $topic }** in { $community } to the end. Here is your certificate.
activity-cohort-over =
    {""}**{ $topic }**
    { $count ->
        [0] It is over. Nobody was in this time.
       *[other] It is over: { NUMBER($through) } of { NUMBER($count) } went through to the end{ $names ->
            [none] .
           *[other] , { $names } among them.
        }
    }
activity-cohort-heading = Certificate
activity-cohort-did = went through to the end of
activity-cohort-steps =
    { $count ->
        [one] 1 milestone, done
       *[other] { NUMBER($count) } milestones, all of them done
    }
error-activity-cohort-started = It has begun: whoever joined before is in. /activities shows what comes next.

## What an experiment shows

effect-from-or-panel = Say what to analyse: --from FILE or --panel FILE, one of the two.
effect-no-control = Which arm is the control? Give --control with one of: { $arms }.
effect-too-few = “{ $column }” must name two arms at least, with two rows in each.
effect-split = --split must name each arm once: { $arms }.
effect-split-form = “{ $text }” is no split. Write each arm and its share, as in treated=9,control=1.
effect-panel-twice = Each “{ $unit }” may have one row for each “{ $time }”.
effect-panel-still = “{ $treated }” changes within no unit: it must be 0 before the start and 1 from then on.
effect-points = { $number } in 100
effect-difference = { $arm }: { $estimate } against { $control }, between { $low } and { $high } ({ NUMBER($n) } and { NUMBER($m) } units).
effect-unseen = { $arm }: no difference from { $control } to be seen; with { NUMBER($n) } and { NUMBER($m) } units only one above { $mde } would show.
effect-association = An association, not an effect: nobody drew who got what.
effect-unlike = { $arm } and { $control } differed before the start: an association, not an effect.
effect-ratio = The arms don't have the sizes that were drawn (p = { $p }): find out why before you believe this.
effect-ratio-equal = The arms are not of equal size (p = { $p }): if the draw was another, give it with --split; else find out why before you believe this.
effect-panel = { $estimate } while treated, between { $low } and { $high } ({ NUMBER($units) } units, { NUMBER($treated) } of them treated); weaker than a draw at random.
effect-panel-few =
    { $treated ->
        [one] With one treated unit the interval is narrower than the truth.
       *[other] With { $treated } treated units the interval is narrower than the truth.
    }

## /effect, /effects

command-effect = See what an activity changed
option-effect-activity = Which activity, by its number
option-effect-activity-name = activity
command-effects = See what each activity changed
chart-effects_compared = What activities changed
effects-counting = I am comparing who was asked and who was held out. The answer follows here.
effects-nothing = Nothing is measured yet. Set an activity up with `tell=direct` or `trial=yes` (/activities): some people, or some days, are then left out at random.
effects-title = **What the activities of { $community } changed**
effects-line = { $name }: { $said }
effects-doubtful = { $name } (in doubt)
effects-picture =
    { $count ->
        [one] { $sure ->
            [0] The one activity measured made no difference beyond chance
           *[other] The one activity measured made a difference beyond chance
        }
       *[other] { $sure ->
            [0] None of { NUMBER($count) } activities made a difference beyond chance
           *[other] { NUMBER($sure) } of { NUMBER($count) } activities made a difference beyond chance
        }
    }
effects-foot = { $community } · points of 100, in rooms of 100 there are without it · until { $day }
effect-said =
    { $points } { $one ->
        [yes] point
       *[no] points
    } of 100 { $metric ->
        [active] came back within a week
        [answered] were answered within a week
       *[across] had contact across circles within a week
    }, between { $low } and { $high } ({ NUMBER($asked) } asked, { NUMBER($held) } held out, { COUNT($runs, "run") }).
effect-none = That is no difference to be told from chance; one of { COUNT($points, "point") } would show in 80 % of cases.
effect-few =
    Too few to say: only a difference above { COUNT($points, "point") } of 100 could be seen so far ({ NUMBER($asked) } asked, { NUMBER($held) } held out, { COUNT($runs, "run") }){ $weeks ->
        [-1] .
        [0] .
       *[other] ; about { COUNT($weeks, "more week") }.
    }
effect-waiting = No week is over yet: { NUMBER($waiting) } are watched, asked and held out together.
effect-any-day = The interval holds whenever you look; the planned end is { $day }.
effect-planned = At the planned end, { $day }, for that one look: between { $low } and { $high }.
effect-unbalanced = More or fewer were held out than the draw was to hold out: find out why before you believe this.
effect-felt = Those held out did otherwise the more of their contacts were asked: it seems to have reached them too, and what it really changes is another figure.
effect-blocks =
    { $metric ->
        [active] People active a day
        [answered] Newcomers answered a day
       *[across] Pairs across circles a day
    }: { $more } while it runs, between { $low } and { $high } ({ COUNT($on, "block") } with it, { NUMBER($off) } without).
effect-blocks-none = That is no difference to be told from chance.
effect-blocks-few = Too few to say: { NUMBER($blocks) } of { NUMBER($needed) } blocks of days are over; about { COUNT($weeks, "more week") }.
effect-beside = An association and no effect: of 100 weeks, those who take part are active in { $weeks } beside others who were as active before, between { $low } and { $high } ({ NUMBER($took) } took part, { NUMBER($others) } compared).
effect-beside-few = Too few to say how those who take part have changed: of those who were active before it began, { NUMBER($took) } took part, and { NUMBER($others) } who didn’t are like them; it takes 20 of each and four weeks.
effect-tomorrow = { $name }: nothing is known of it yet. Ask again tomorrow.
effect-never = { $name } is measured by nothing: it isn't meant to change how active people are.
effect-not-yet = { $name }: nobody was asked yet since it is measured, or too few can be written to.
effect-unmeasured =
    { $name }: nobody is held out, so nobody can say what it changes. { $how ->
        [trial] `/activities { $number } trial=yes` runs it in blocks of days; with `tell=direct` some people are held out instead.
       *[direct] With `/activities { $number } tell=direct holdout=yes` some people are held out.
    }
effect-foot = { $community } · { $name } · band: where the difference may be, whenever one looks
effect-series = points of 100
effect-reference = no difference
activity-trouble-harm = those it asked did worse than those held out, more than chance explains: see /effect.
