"""Nouns for what a person is to others or does for a living."""

from __future__ import annotations

from typing import Final

#: occupations, relations, states of life
ROLES: Final = frozenset(
    "accountant actor actress adviser advisor agent analyst anaesthetist apprentice archaeologist architect archivist artist assistant attorney auctioneer auditor author baker banker barber barista barrister bartender "
    "beekeeper biologist bookkeeper boss brewer bricklayer broker builder butcher buyer caregiver captain caretaker carer carpenter cashier caterer chair chairman chairwoman chef chemist chief childminder "
    "cleaner clerk clinician coach co-founder co-owner columnist commander commuter composer conductor consultant contractor controller cook coordinator councillor counsellor counselor courier crofter curator cyclist "
    "dad daughter daughter-in-law dealer dentist deputy designer developer dietitian director dispatcher divorcee doctor driver economist editor electrician engineer epidemiologist estimator executive "
    "farmer father father-in-law firefighter fisherman fitter florist foreman forester forewoman founder freelancer gardener geologist glazier goldsmith grandad grandfather grandma grandmother grandparent greengrocer grocer "
    "guard guide hairdresser handyman head headmaster headmistress headteacher homeowner host hostess housekeeper housewife hunter hygienist illustrator inspector instructor intern interpreter inventor "
    "janitor jeweller joiner journalist judge junior keeper labourer landlady landlord lawyer lead leader lecturer librarian locksmith lodger logistician machinist magistrate maintainer maker manager marketer mason master "
    "mathematician mechanic mediator merchant midwife miner minister mom mother mother-in-law mum musician nanny notary novelist nurse nutritionist occupational officer operator optician organiser organizer osteopath owner "
    "paediatrician painter paramedic parent partner pensioner perfumer pharmacist photographer physicist physio physiotherapist pianist pilot planner plasterer player plumber podiatrist policeman policewoman porter postdoc "
    "postman potter practitioner president priest principal printer producer professor programmer psychiatrist psychologist psychotherapist publican pupil radiographer ranger realtor reader receptionist recruiter rector rep "
    "reporter representative researcher retiree roofer runner saddler sailor salesman saleswoman scientist sculptor seamstress secretary seller sergeant sexton shepherd shopkeeper singer social-worker solicitor soldier son "
    "specialist statistician stepfather stepmother steward stockman stonemason student supervisor surgeon surveyor swimmer tailor tattooist teacher technician technologist tenant tester therapist tiler toolmaker trader "
    "tradesman trainee trainer translator treasurer tuner tutor typist undertaker upholsterer usher valuer vet veterinarian vicar violinist volunteer waiter waitress warden weaver welder widow widower winemaker woodworker "
    "worker writer zookeeper ceo cto cfo coo dba sre admin nco gp ot pa pm hgv phd grandson granddaughter single-parent freelance stay-at-home lifeguard bus-driver sous-chef team-lead cheesemaker dairyman herdsman cellarer goalkeeper "
    "athlete triathlete hiker climber angler gamer cricketer footballer grower breeder busker blogger podcaster streamer youtuber sommelier luthier bookseller fishmonger ironmonger milliner optometrist orthodontist "
    "audiologist cardiologist oncologist neurologist radiologist pathologist surveyor-general mortician embalmer farrier blacksmith thatcher rigger scaffolder sawyer trapper wrangler".split()
)
#: endings of such nouns where they stand after "I'm a"
ENDINGS: Final = ("er", "or", "ist", "ian", "eer", "man", "woman", "keeper", "maker", "worker", "smith", "wright", "herd")
#: with such an ending, or said of oneself in another sense
NOT_ROLES: Final = frozenset(
    "believer fan customer user beginner winner loser sleeper eater worrier talker riser doer thinker listener hoarder monster number matter letter paper computer dinner summer member other power order answer floor door "
    "corner finger shoulder counter factor error mirror minor moderator sponsor visitor stranger character quarter weather water offer father-figure goner survivor sinner prisoner outsider foreigner newcomer latecomer quitter "
    "sucker bother burden human martian christian italian canadian australian norwegian indian russian egyptian brazilian hungarian austrian belgian persian vegetarian pedestrian giant lover hater sufferer "
    "speaker learner early adopter adopter optimist pessimist perfectionist realist non-smoker smoker drinker regular starter bruiser bystander follower keener toddler teenager snorer tinkerer fiddler".split()
)
#: what people run, own, lead or have
PLACES_OF_WORK: Final = frozenset(
    "agency apiary band bakery bank bar barn bistro boatyard bookshop brand branch brewery brigade business butchery cafe café cafeteria camp campsite canteen centre center chain charity choir clinic club company congregation "
    "cooperative council creamery creche dairy daycare deli department depot desk diner dispensary division factory farm firm fleet flock forge foundry foundation gallery garage garden guesthouse gym hall herd holding home hospice "
    "hospital hostel hotel house joinery kennel kiosk kitchen lab laboratory laundry library lodge magazine marina market mill museum newsroom nursery office operation orchard orchestra outfit parish pharmacy place platform plant "
    "pottery practice press printer program programme project property pub restaurant ring route salon sawmill school sector service shelter shift shop shopfloor site society squad stable stall stand startup start-up station store "
    "studio supermarket surgery team temple theatre theater town-hall trade troop truck unit vineyard wholesaler ward warehouse winery workshop yard crew staff payroll accounts sales marketing logistics finance people volunteers kids children cottage cottages flat flats room rooms "
    "class classes cows sheep hens goats beehives hives stores shops branches clinics hotels restaurants farms".split()
)
#: what people drive for a living
VEHICLES: Final = frozenset(
    "ambulance bus cab coach crane ferry forklift lorry minibus school-bus taxi tractor train tram truck trucks van metro digger excavator rickshaw".split()
)
