"""Sentences that somebody could write about a person: with words that hurt, and without.

FLAGGED: words that hurt, each in a sentence, with what is found in it in square brackets.
KIND: sentences in which the same words are meant otherwise, and others that are kind.
AS_WRITTEN: sentences in the manner of filled-in pages, of both kinds, to count by.
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
He is [transported] to school. | Staff [transport her] in the van. | [Transporting] her takes two.
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
The suction unit is under the bed. | The battery unit hums. | The feed pump charges at night.
Ask the special needs coordinator. | He is on a work placement at the garden centre.
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

AS_WRITTEN = """
He gets mad when the bus is late. | When she is mad, leave her be for ten minutes.
I get really mad. | He looks mad but he is only thinking. | She was so mad she cried.
Are you sad or mad? Show the face. | If he is mad, he will go to his room.
Try not to be mad with him. | She can be pretty mad by teatime. | The neighbour said he is [mad].
They treat her like a [mad] woman. | She is not [mad], she is tired.
He is frightened of aggression. | Aggression from other people upsets her. | She hates aggression.
Keep him away from people who are aggressive. | He cannot bear an aggressive tone.
Do not use aggressive voices. | She left a violent marriage.
Other people’s aggression makes him hide. | I fear people being loud.
He was [aggressive] towards staff. | There was [aggression] on Monday.
She becomes [violent] in the bath. | He can be [aggressive] at night.
She is verbally [aggressive]. | His [aggression] is worse after lunch. | Her baby is fed at six.
The baby feeds every three hours. | She is bottle feeding her son.
Tom feeds the puppies before school. | He loves feeding his baby brother.
The newborn is fed on demand. | The kittens need to be fed at eight.
Mum had the baby to be fed and changed. | She [is fed] by staff. | He [is fed] at five.
Please [feed] Joan last. | [Feeding] Joan takes two people. | I don’t want to be a burden.
She does not want to be a burden to anyone. | He worries about being a burden.
I would hate to be a burden. | I do not wish to be a burden on my children.
She often feels like a burden. | My fear is to become a burden to my son.
He never wanted to be a burden. | Her care is a [burden] on the team.
He is a [burden] to his parents. | The [burden] falls on his wife. | He has his own transport.
The transport comes at nine. | Her transport is late most days. | He loves all things transport.
My favourite means of transport is the tram. | Dad can arrange transport.
School transport brings her at nine. | She takes transport to the hospital on Fridays.
He is [transported] by two staff. | We [transport] him in the van.
She will be [transported] at ten. | He is an [elopement risk]. | She may [elope] from a car park.
Watch for [elopement] near doors. | He [eloped] twice last term.
Her parents eloped to Gretna Green. | They eloped at nineteen.
She can have an [approved snack] at ten. | One [approved snack or phone time] after lunch.
He is [earning community time]. | She [earns screen time] with stars. | He must [earn phone time].
He lost his [privileges]. | She has [approved foods] only. | She has a snack at ten.
He is [defiant]. | She can be rude and [defiant] when low. | He showed [defiance] at bedtime.
She is [uncooperative] with washing. | He can be sluggish and [uncooperative].
He may be [combative]. | She gets [irrational] when tired. | He behaves [irrationally].
He has oppositional defiant disorder. | She has an irrational fear of moths.
Pi is an irrational number. | Do not punish him for [bad behaviour].
He has [bad behavior] on the bus. | We ignore [poor behaviour]. | She has been [naughty] today.
He [misbehaves] for attention. | She is [badly behaved] in shops. | He loves a naughty joke.
Cream cakes are naughty but nice. | She has a naughty dog called Pip.
He has [regressed] since the move. | There was some [regression] in speech. | She is [regressing].
Her work is on linear regression. | Since the move he finds stairs hard again.
He needs [verbal prompts] to wash. | A [verbal prompt] is enough. | He [needs prompting] to eat.
She was [prompted to] drink. | She needs [physical prompts]. | Say “teeth” once, and wait.
The website prompted to sign in again. | One reminder is enough for him. | He was found [soiled].
She [soils herself] at night. | He has [soiling] on most days.
The soiled laundry goes in the red bag. | Clay soils are heavy. | His boots were soiled with mud.
She needs [total assistance] with meals. | He is [max assist] for stairs.
She is [fully dependent]. | He needs [full assistance] to dress. | It takes [moderate assistance].
Two people help him to stand. | Be ready to do the thinking for him. | Take his word for it.
He must not be left by himself. | He can be thirsty, over excited, sleepy or hungry.
I am autistic, but I do talk. | Cuddles and a kiss, she likes to be held.
Smile wide and she will come over to you. | Do not let people curse near her.
She must put her room straight before she does anything. | Company is everything to Dot.
Always ready for a brew, milk, no sugar. | She likes pop songs.
My memory is really good, I also draw. | My big brother is Max. | I like yoga and getting relaxed.
Typing goes better for me than a pencil. | Know that Dot is frightened of water.
He has a full wash himself every day with a helper close by. | Her Roman Catholic faith is her rock.
He [refuses] his insulin. | She is [non-compliant] with tablets. | He has [challenging behaviour].
The [service user] likes fishing. | She is [attention seeking].
He is [wheelchair bound] since May. | He is a [vulnerable] adult. | She [suffers from] dementia.
He [wanders] at night. | Is she [incontinent]? | He attends [activities] daily.
She was [admitted to the home] in May. | She is [allowed to] smoke.
She goes for [respite] in June. | He has a [meltdown] at noon. | He [presents with] pain.
She needs transport. | He needs transport to dialysis. | Is there transport?
No transport on Sundays.
Transport is hard for her. | She gets transport at nine. | Can transport be booked?
Transport helps.
The transport her mum booked was late. | Two [staff transport him to] the clinic.
They will [transport them] by minibus. | [We transport] Joan on Fridays.
He was [transported] to us.
We transport her wheelchair in the van. | The equipment is transported each week.
The music transports me back to Leeds. | He gets quite mad if we rush him. | She is still mad.
Give him time when he is not mad. | She was a bit mad this morning. | He is mad again.
A red face means she is mad. | Ask how mad he is. | He is a [mad] old man. | They call her [mad].
She hides when others get aggressive. | He saw a violent attack on his brother.
If somebody is aggressive, she leaves. | He cannot stand aggression. | She left a violent boyfriend.
Violent video games keep him awake. | She was violently sick. | Aggressive drivers frighten her.
Her [aggression] has no cause. | He is [aggressive] when washed. | She turned [violent] on Monday.
The baby was fed at six. | Her baby brother is fed first. | The twins’ newborn baby has been fed.
He is fed up with the noise. | She gets fed up on the bus. | The ducks were fed.
He has a bird feeder.
She [was fed] by two carers. | They [are fed] at noon. | He has [been fed].
She likes [being fed] slowly.
She must not feel that she is not wanted; she is not a burden. | He was never a burden.
I do not want to burden my daughter. | She does not wish to burden anyone. | I won’t be a burden.
He is scared of being a burden. | She sees herself as a burden.
She made herself a burden to nobody.
Her wish is not to be a burden. | He thinks he is a burden. | She feels such a burden.
She is a [burden] on us. | They are a [burden]. | He has become a [burden].
Such a [burden] to care for.
"""
