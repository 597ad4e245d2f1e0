"""Common nouns of things that people hire and fire: goods, services, programs, and the means that were at hand."""

from __future__ import annotations

from typing import Final

#: what is bought, subscribed to, installed or engaged
GOODS: Final = frozenset(
    "app application software program programme platform suite tool system database server cloud portal website site service subscription membership plan package trial licence license add-on plugin extension module bot "
    "chatbot assistant scanner printer tracker planner scheduler calendar notebook spreadsheet template dashboard helpdesk inbox mailbox terminal reader till register machine device gadget phone smartphone tablet laptop "
    "computer headset headphone earbud aid hearing-aid amplifier microphone speaker camera sensor alarm pendant wristband watch band ring monitor lock key drive bike e-bike bicycle scooter car van truck bus tram train taxi "
    "motorbike moped tricycle trike pass ticket card account bank loan mortgage policy insurance insurer warranty pension fund broker agency firm provider supplier vendor bureau accountant bookkeeper payroll "
    "tutor teacher trainer coach cleaner nanny carer aide gardener nurse therapist physio dentist vet interpreter translator course class lesson workshop seminar certificate degree bootcamp school academy club gym studio "
    "pool box kit crate meal delivery shop store supermarket market restaurant canteen kettle toaster oven hob cooker fridge freezer fryer blender dishwasher dryer washer vacuum hoover mop mower saw drill ladder heater "
    "boiler furnace stove radiator thermostat valve pump panel fan conditioner blind curtain blanket mattress topper bed pillow duvet mask pad machine pill tablet medicine supplement cream razor shaver brush toothbrush chair desk table sofa "
    "frame stairlift walker wheelchair hoist pram buggy stroller seat crib tyre boot shoe jacket coat glove bag backpack suitcase flask bottle jug cup filter dashcam generator battery solar charger cable router broadband "
    "contract tariff streaming channel console game instrument guitar piano tent caravan campervan boat rental storage collar leash kennel food fertiliser feeder scale bin robot engine framework library language "
    "cluster queue store hosting hardware treadmill treatment diet serum implant lens glasses e-reader telly television projector screen pen stylus typewriter kiosk locker appliance".split()
)
#: words for a thing that say little of what it is: a name says more
GENERAL: Final = frozenset(
    "app application software program programme platform suite tool system service device machine gadget thing product solution subscription plan package kit provider supplier vendor brand website site "
    "portal bot assistant account unit model setup".split()
)
#: what people make do with, or have others do for them
MEANS: Final = frozenset(
    "paper pencil diary journal notepad note sheet form folder file binder whiteboard board blackboard list rota chart map book logbook ledger copybook envelope shoebox box jar tin bucket cash cheque receipt fax telephone "
    "email mail letter message text chat group whatsapp sms memory habit calculator clipboard sticky post-it stick bag string tape cloth blanket bottle broom lift bus walk script cron jenkins excel word workbook archive "
    "photo video recording leaflet magazine newspaper radio catalogue freelancer neighbour daughter son cousin volunteer intern contractor combi dial typist queue consultant reseller".split()
)
