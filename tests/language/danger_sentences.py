"""Lines that somebody could say of themselves: of danger, and of none.

DANGER: lines that warn, always.
WHEN_BARE: lines that warn while nothing stands at the top of the page.
NO_DANGER: lines in which the same words warn of nothing, and lines without them.
"""

DANGER = """
I must not have milk. | She must not be left by the sink. | He mustn’t lie on his left side.
I MUST NOT EAT NUTS | i mustnt have grapefruit | You must never pull my left arm.
My arm should never be pulled. | It is not safe for me to go out alone.
I can choke. | He chokes on bread. | I choked twice last year. | Choking is what Mum fears most.
I cannot swallow tablets. | I cant swallow lumps. | Tea goes down the wrong way. | Nil by mouth.
It is hard for me to swallow. | Watch for aspiration.
I stop breathing in my sleep. | Some nights I can’t breathe. | If I go blue, lift my chin.
I have seizures. | A seizure starts in my left hand. | She has fits in her sleep.
I do not look ill before a seizure. | If I have a fit, time it. | I faint when I see blood.
He passes out if he stands up fast. | I black out.
I am frightened of dogs. | He is scared of the hoist. | Know that Dot is frightened of water.
I am terrified of needles. | I panic if the door is shut. | I’m afraid of the dark.
I am not brave: I am frightened of lifts.
A drill terrifies me.
I cannot lie flat. | Never lay me flat. | Lying flat stops my breath. | Do not lie her flat.
Please don't lie him flat.
Ask before you move me. | Tell me before you lift me. | Ask me before touching me.
Say my name before you turn her. | Never lift me under the arms. | Don’t pull me up.
dont move me without telling me
I am allergic to latex. | My allergy to wasps is bad. | Peanuts close my throat.
My EpiPen is in the red bag. | My lip swells up.
If it lasts five minutes, ring 999. | Call an ambulance if I do not wake. | Dial 112.
Never leave me in the bath. | I cannot be left alone. | He can't be left near a road.
Don’t give me aspirin. | Never give me grapefruit juice. | do not give him nuts
Stairs are dangerous for me. | It could kill me. | I could die of it. | He has no sense of danger.
She runs into the road. | I cannot feel heat, so test the bath. | I bleed easily.
My Parkinson’s tablets must be on time. | My insulin must never be late.
I do not choke on soup, but I choke on bread.
I am not scared of dogs. I am scared of cats.
"""

WHEN_BARE = """
I have epilepsy. | Diabetes, type 1. | My inhaler is in my bag. | I fall over when I am tired.
My drinks are thickened. | Cut up small, please. | Do not touch me. | Stay with me while I eat.
I have a shunt. | Oxygen at night.
"""

NO_DANGER = """
Tea first. Then we talk about the day. | I like artichokes. | The choke on my car is stiff.
I got choked up at the wedding. | I do not choke. | I have never choked. | I don’t choke on soup.
No seizures since 2010. | I am seizure free. | I no longer have seizures. | I never had a seizure.
They seized my bike. | My coat fits me. | We had a fit of the giggles.
I am not frightened of dogs. | She is no longer afraid of water. | I'm not scared of needles.
People are scared of me, and they need not be. | I was frightened once. | A frightening film.
I like to lie flat. | I can lie flat. | I live in a flat. | Lay the table.
The rug should lie flat. | Lay them flat to dry.
Ask before you move my books. | We moved here in May. | Move the chair before you hoover.
I am not allergic to anything. | I am allergic to mornings. | I have no allergies.
Ring Sam, not 999. | Please do not ring 999. | I wrote 999 poems. | Ring my sister first.
Don’t give me the answer unless I ask. | Do not give me advice. | Leave me the paper.
Don’t leave me out. | Danger Mouse is my hero. | There is no danger in asking.
I mustn't grumble. | I must not miss the bus. | I must have my tea at four. | Must be nice!
You need not knock. | Not now. | I never eat meat on Fridays. | A faint smell of roses.
Breakfast must be on time. | I am never late. | Lights go blue at the disco.
Eyes up is yes. Looking away is no. | My people come from Lyme. | Hall light on at night.
Tell me the cows are done, and make cocoa. | أحب الشاي أولاً | 茶
"""
