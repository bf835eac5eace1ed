"""Sentences that somebody could write about a person: with words that hurt, and without.

FLAGGED: words that hurt, each in a sentence, with what is found in it in square brackets.
KIND: sentences in which the same words are meant otherwise, and others that are kind.
"""

FLAGGED = """
The [service user] likes tea. | The [Service Users] like tea. | [SU] likes tea.
Ask the [PWS] first.
A [client] rang. | Two new [clients] came. | The [customer] is always cold.
She is a sad [case]. | My [caseload] is full. | Her [case load] grew. | The [cases] on my list.
Each [resident] has a room. | The [residents] eat at six. | We have three [placements] upstairs.
This [cohort] is noisy. | [Our numbers] are down. | We have six empty [beds].
He has [LD] and asthma.
She is [vulnerable]. | We look after [the vulnerable].
We help [the elderly]. | An [OAP] lives there. | He is a [pensioner]. | The [senior] likes bingo.
We help [the disabled]. | A bus for [the handicapped]. | He is [handicapped].
She [suffers from] pain. | A [sufferer] of asthma. | He is [afflicted by] pain.
She is a [victim of] a stroke.
He is [wheelchair bound]. | He is [wheelchair-bound]. | She is [confined to a wheelchair].
He is [mentally handicapped]. | She is [retarded]. | He was called [subnormal].
She is [backward].
He has a [mental age] of six.
He is [high functioning]. | She is [low-functioning].
He is [demented]. | A [dementia sufferer] lives here. | She is [senile].
He is [wandering] at night. | She is a [wanderer]. | He [wanders] at night. | He [wandered] off.
He [absconds]. | He [absconded] twice. | She [escapes] when the door is open.
He is [aggressive]. | He is [violent]. | There was [aggression] at tea.
He has [challenging behaviour]. | He shows [behaviours]. | We see [behaviour that challenges].
He was [kicking off] again. | She had a [tantrum]. | She had a [meltdown] at tea.
She is [attention seeking]. | It is [attention-seeking].
He is [non-compliant]. | There was [non compliance]. | We want [compliance].
He is [compliant] with staff.
He [refuses] his tea. | He [refused] his tea. | A [refusal to engage]. | She is [disengaged].
He is a [difficult] one. | Jo is [difficult]. | Jo can be [difficult]. | [She is difficult].
She is [demanding]. | He is [manipulative].
They are [hard to reach]. | A [hard-to-reach] family.
He has [complex needs]. | He is [complex]. | She has [high needs].
A [frequent flyer] on our ward. | A [frequent attender]. | A [revolving door] man.
He is a [bed blocker]. | It is [bed-blocking]. | She is a [delayed discharge].
He was a [DNA] today. | She [DNA’d] again. | She [did not attend]. | She [failed to attend].
He [denies] pain. | He [claims] to be in pain. | She [admits to] smoking.
His asthma is [poorly controlled]. | He [failed treatment]. | She is [failing to cope].
He [presents as] low. | His [presenting complaint] was pain. | She [presents with] pain.
He is a [poor historian].
Her [placement] is here. | Mo was [placed in a home]. | Mo is [placed with us].
[He was placed] in May. | She was [admitted to the care home] in May.
On [admission to the home] she cried.
He lives on the [unit]. | It is a good [facility]. | [The setting] has ten rooms.
She sleeps on [the wing].
We have a [void].
Her [package] starts on Monday. | Her [care package] is small. | Her [package of care] is small.
He goes out [in the community]. | She is [accessing the community]. | We offer [community access].
She likes [activities]. | She is [doing activities]. | A [meaningful occupation] helps.
He [is taken out] on Fridays. | She is [taken for] a walk. | He [is brought out] at ten.
She goes to [respite].
Plan [contact with her mum] on Sundays. | He has [supervised contact].
She [has contact] each week.
She needs [transport]. | He is [transported] to school.
[Feeding] takes an hour. | I [feed] her. | She [feeds] herself. | She is a [feeder].
He is an [assisted feed].
She needs [toileting]. | She is [toileted] at ten. | [She is changed] at ten.
Put her [bib] on.
Put a [nappy] on. | He wears [nappies]. | A [diaper] at night.
She is [incontinent]. | He is [doubly incontinent].
He is [non-verbal]. | He is [nonverbal]. | She has [no communication]. | He [cannot communicate].
She is [allowed to] go out. | He [is let] sit outside. | She is [permitted] a bath.
She is a [doubles] call. | It is a [double-handed] call. | It is a [double-up].
A [single handed] call.
I am [frontline]. | We need more [staff on the floor]. | I do [hands-on care].
I [signposted] him. | We do [signposting].
A [referral] came. | She was [referred]. | Her [assessment] is due.
After [screening] she went home. | We check [eligibility]. | The [triage] was slow.
He needs help with [ADLs]. | Help with [activities of daily living].
He has [personal care needs].
He can [mobilise]. | He is [mobilising]. | She [transfers] with two. | He is [ambulant].
Her [outcomes] are good. | He was [reabled]. | We [optimised] his day.
He learns [independence skills].
She [has fits] at night. | [Fits] happen at night. | He [has spells].
[Attacks] come at night. | He has [funny turns].
She is [an epileptic]. | He is [a diabetic]. | She is [a schizophrenic]. | He is [a depressive].
She is [mentally ill]. | A [mental patient]. | He is [insane]. | She is [mad].
For [able-bodied] visitors. | Unlike [normal people].
He is [deaf and dumb]. | She is a [deaf mute]. | A club for [the deaf]. | A club for [the blind].
There was a [carer breakdown]. | After [placement breakdown] he moved.
She is a [burden].
He is [sundowning].
She is [bedbound]. | He is [bed-bound]. | He is [bedridden].
An [over-involved family]. | It is a [difficult family].
He has [special needs]. | She is a [special child]. | [He is special].
"""

KIND = """
Take a coat in case it rains. | Bring a coat just in case. | Her suitcase is red.
In that case, ring me. | It is in her glasses case. | That is not the case.
In some cases it helps. | Case manager
Quote the Service User Guide. | Su is my sister. | My name is Su.
Her solicitor’s client list. | She served the shop’s customers for years.
He worked in customer services.
The sign says resident parking. | Residents’ parking is full. | Resident doctor, Ward 4
Go to bed. | He went to bed early. | She makes the beds herself.
Phone numbers are on the door. | He loves numbers. | She knows all the numbers of the buses.
An LD nurse
She feels vulnerable in a lift. | The Safeguarding Vulnerable Groups Act. | An adult at risk.
Senior nurse | Senior Support Worker | I am the senior carer on Ward 4.
Ask where the disabled toilet is. | His golf handicap is ten.
She was a victim of a scam. | I suffer from hay fever.
She bends over backward to help.
He likes to wander round the shops. | Wolverhampton Wanderers are his team. | His mind wanders.
The name escapes me. | His family escaped from the war.
He dislikes violent films. | It is an aggressive cancer.
I teach for the Challenging Behaviour Foundation. | Challenging Behaviour Team
He never misses a kick-off. | The match kicks off at three. | She calls it a meltdown.
She was seeking medical attention.
Our form is GDPR compliant. | GDPR-compliant words.
She has an Advance Decision to Refuse Treatment. | He was refused a visa.
I find it difficult to hear. | Stairs are difficult. | Mornings can be difficult for her.
Walking is difficult. | It was a difficult day. | She finds crowds difficult.
It is difficult to hear her. | She had a demanding job.
The shelf is hard to reach.
She swims at the leisure complex. | Leave out complex words. | He has complex PTSD.
He saves his frequent flyer miles.
A DNA test. | It is in our DNA. | Dna is a river.
He claims benefits. | The hospital admits to Ward 4 today.
He gave presents with bows. | She opens presents with her sister.
She starts a work placement. | I am on a student placement. | He was placed first in the race.
She was admitted to hospital in May. | Put the cup where she placed it. | Admission is free.
The kitchen unit is low. | One unit of alcohol. | Ten units of insulin at eight.
Oak Wing, City Hospital | Stroke Unit, City Hospital | The stroke unit, second floor
Unit 7, Mill Lane | She is setting the table. | The sound settings. | Leisure facilities
The contract is null and void.
A package from her son. | She delivers packages. | He booked a package holiday.
He sings in the community choir. | She helps in the community garden.
Activities coordinator | activities such as darts
He had a tooth taken out. | Her teeth were taken out. | The bread is taken out of the oven.
Nobody is taken for granted. | A take-away on Fridays.
Respite Care Team
Her contact details are on the door. | My emergency contact is Dee. | She likes eye contact.
Please contact me. | She wears contact lenses. | Contact the office on Monday.
Keep in contact with Mum.
She uses public transport. | Patient transport driver
He is tube fed. | Start the tube feeding at six. | She feeds the birds.
He feeds his dog at six. | The feeding tube is new.
I changed my mind. | The plan changed. | If something has changed, tell me.
Get changed for swimming.
She won a race bib.
She changed the baby’s nappy.
She reads non-verbal communication well. | I am non-speaking.
We are not allowed to lift alone. | He is legally allowed to drive. | She is let down by buses.
He plays doubles on Sundays. | The chair doubles as a table.
He sits on the floor to play. | Do not slip on the floor.
The path is well signposted. | It is signposted from the station.
Breast screening | The pain is referred pain. | A film screening at the Gate.
A mental capacity assessment. | He is referred to as Bo. | Assessment and Treatment Unit
Make a bank transfer. | Bank transfers are fine.
Nothing else fits me. | The key fits. | That coat fits him. | It fits in the drawer.
She has panic attacks. | He had a heart attack. | Taking turns helps. | She turns to me.
He turns the page. | She spells her name out. | He takes turns.
Her chair fits under the table. | She turns 60 in May.
A diabetic diet. | She sees a diabetic nurse. | He has a depressive illness.
She is mad about cats. | He is football mad. | It drives him mad. | Do not make her mad.
Close the blind at six. | The deaf community in Leeds. | She likes the blind half open.
The Royal National Institute of Blind People
Her car had a breakdown.
The burden of proof is ours.
It was a special day. | Sunday is special. | She made a special cake. | She is special to me.
Her special chair.
She likes her tea strong. | Ask her first, and wait. | He says no to tea, because it is cold.
I will knock and wait for you to call me in. | Tell me your name each time.
She walks at night and is looking for her cat. | He uses a wheelchair, and drives it himself.
I will bring tea first. | I read about your sister and I will ring her.
The number for your sister is an old one. | You say yes with your eyes; I will look for it.
Your hearing aid is on the left now. | You have moved to Oak House.
I start on Monday, and want to know you before I come.
night nurse | support worker | student nurse | healthcare assistant | physiotherapist
taxi driver | friend | ward sister | occupational therapist | GP | Ward 4, City Hospital
Sunrise Home Care | Accident and Emergency | social worker | day centre
speech and language therapist | the school office | Intensive care unit | advocate | volunteer
dentist
"""
