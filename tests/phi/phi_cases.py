"""Sentences that hold something real, by kind, and look-alikes that hold nothing; all of them made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from drills.phi import Sign

_MRN_VALUES = ("4471220", "00-12-34-56", "A1234567", "88213", "7734-2291", "E 445 1290")
_PHONES = (
    "212-555-0147", "(555) 867-5309", "555.867.5309", "212 555 0199", "+1 415 555 0132", "1-415-555-0132",
    "+44 7700 900123", "07700 900123", "020 7946 0958", "(020) 7946 0958", "0161 496 0000", "0412 345 678",
    "+61 412 345 678", "02 9876 5432", "4155550132", "+1 (415) 555-0132",
)  # fmt: skip
_BIRTHS = (
    "3/4/61", "03-04-1961", "3.4.61", "12 March 1961", "march 12, 1961", "1961-03-04", "12th of march 61",
    "Mar 12 1961", "3 4 61", "030461", "1961", "12-mar-61",
)  # fmt: skip
_NAMES = (
    "John Smith", "Maria Lopez", "Fatima Hassan", "Robert Miles", "Priya Sharma", "Wanda Kowalczyk", "David Okafor",
    "Carlos Hernandez", "Eileen O'Brien", "Mohammed Rahman",
)  # fmt: skip
_SURNAMES = ("Hernandez", "Delgado", "O'Brien", "Okonkwo", "Jones", "Petersen", "Nguyen", "Fitzgerald")
_TIMES = ("today", "yesterday", "last night", "last week", "this morning", "on my last shift", "the other day")

TEMPLATES: Mapping[Sign, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Sign.MRN: (
        ("MRN {}", "mrn: {}", "MRN# {}", "his mrn is {} ok", "M.R.N. {}", "medical record number {}", "med rec no. {}"),
        _MRN_VALUES,
    ),
    Sign.SSN: (
        ("SSN {}", "ssn: {}", "social security number {}", "soc sec {}", "his ssn is {}", "social: {}", "SS# {}"),
        ("123-45-6789", "123 45 6789", "123456789", "123.45.6789"),
    ),
    Sign.NHS_NUMBER: (
        ("NHS {}", "nhs number {}", "NHS no. {}", "nhs no: {}", "his number is {} thanks", "{}", "NHS# {}"),
        ("943 476 5919", "9434765919", "943-476-5919", "401 023 2137", "4010232137"),
    ),
    Sign.INSURANCE: (
        ("medicare {}", "Medicare number {}", "medicaid id {}", "policy number {}", "insurance id: {}", "member # {}",
         "BCBS {}", "health card {}", "subscriber id {}"),
        ("1EG4-TE5-MK73", "W12345678", "88-4412-99", "2123 45670 1", "XYZ123456789"),
    ),
    Sign.NATIONAL_ID: (
        ("NI number {}", "national insurance {}", "nino {}", "NINO: {}", "his national insurance number is {}"),
        ("AB123456C", "AB 12 34 56 C", "ab123456c"),
    ),
    Sign.PHONE: (
        ("call her son at {}", "Phone: {}", "cell {} please", "ring {} now", "wife's mobile {}.", "his number is {}",
         "text me on {}", "reach the daughter on {} tonight"),
        _PHONES,
    ),
    Sign.EMAIL: (
        ("mail {}", "Email: {}", "reach me on {} please", "her email is {}.", "send it to {},", "<{}>", "({})"),
        ("jo.smith@example.com", "JO_SMITH@HOSPITAL.ORG", "maria.lopez@nhs.net", "k.lee+ward@trust.nhs.uk",
         "jo smith at gmail dot com", "j-doe99@my-clinic.co.uk"),
    ),
    Sign.DATE_OF_BIRTH: (
        ("DOB {}", "dob: {}", "d.o.b. {}", "date of birth {}", "DOB is {} ok", "birthday {}", "Date of Birth: {}"),
        _BIRTHS,
    ),
    Sign.ADDRESS: (
        ("lives at {}", "address {}", "home address: {}", "he is from {}", "send her to {} please", "{}"),
        ("14 Maple Street", "14 maple street", "221B Baker Street", "1600 Pennsylvania Ave", "55 Sunset Blvd",
         "12 Oak Dr, Springfield, IL", "7 Kings Road", "123 N 5th Avenue", "PO Box 1234"),
    ),
    Sign.NAME: (
        ("patient {} is worse", "pt {} has chest pain", "calling about {}", "re {}", "a man called {}",
         "his name is {}", "{}, 64, chest pain", "{} in room 12 crashed", "his wife {} is here"),
        _NAMES,
    ),
    Sign.REAL_CASE: (
        ("my patient {} had the same", "a patient of mine {}", "one of my patients {}", "my pt {} was like that",
         "my own patient from {}", "My resident {} did this", "another patient of mine, {}, crashed"),
        _TIMES,
    ),
    Sign.REAL_INCIDENT: (
        ("this really happened on our unit {}", "it actually happened to me {}", "This happened to us {}",
         "true story, {}", "the same thing happened on our ward {}", "my patient died {} because of me",
         "this is a real incident from {}", "i made a serious med error {}", "we had a sentinel event {}"),
        _TIMES,
    ),
    Sign.SELF_HARM: (
        ("{}", "{}.", "Please come now. {}.", "sorry {}", "I am writing this at work and {}", "{} and nobody knows"),
        ("I want to die", "i wanna kill myself", "I want to end it all", "I don't want to live anymore",
         "i dont want to be here any more", "I feel suicidal", "I've been thinking about suicide",
         "i keep thinking about killing myself", "I have nothing left to live for", "I am going to hurt myself",
         "I want to end my life", "they would be better off without me", "I just want to be dead"),
    ),
    Sign.DISTRESS: (
        ("{}", "{}.", "Please come now. {}.", "honestly {}", "Dr. Lark, {}", "{}, nobody sees it"),
        ("I can't go on", "i cant go on like this", "I cannot cope anymore", "I can't do this any more",
         "I can't face another shift", "I'm not coping", "i am falling apart", "I cry before every shift",
         "I've been crying after every shift", "I feel completely hopeless", "I'm having a breakdown"),
    ),
    Sign.HARMED: (
        ("{}", "{}.", "Please come now. {}.", "to be honest {}", "sorry but {}", "{} and nobody did anything"),
        ("I was assaulted at work", "a patient punched me last night", "my manager bullies me", "my husband hits me",
         "I was hit by a patient yesterday", "I am being bullied by my charge nurse", "I was groped by a visitor",
         "im being harassed at work", "i got kicked by my patient today", "my boss threatened me"),
    ),
}  # fmt: skip

SINGLE: Mapping[Sign, tuple[str, ...]] = {
    Sign.MRN: ("Patient is 12345678 in bed 4", "hospital number 123456", "pt id 998877", "chart # 5567812"),
    Sign.SSN: ("123-45-6789", "last four of social 6789"),
    Sign.INSURANCE: ("1eg4te5mk73", "2123 45670 1", "insurance: 12345678"),
    Sign.PHONE: ("212-555-0147", "her cell is 555-0134", "phone 8675309", "call me back 555-0199 thanks"),
    Sign.DATE_OF_BIRTH: ("born 12 March 1961", "he was born on 3/4/1961", "12/03/1961", "born in 1948"),
    Sign.ADDRESS: (
        "postcode SW1A 1AA",
        "zip 60614",
        "lives in K1A 0B6",
        "lives at 7 rose ct",
        "He was at 45 Elm St in Dayton, OH 45402",
    ),
    Sign.NAME: (
        "my pt today mr hernandez in 12",
        "MR HERNANDEZ IS WORSE PLEASE COME NOW",
        "last name Hernandez",
        "Mr T. Hargreaves",
    ),
    Sign.SELF_HARM: (
        "i dont see the point of living",
        "I keep self harming after nights",
        "nobody would miss me",
        "Sometimes I think about driving my car off the bridge",
    ),
    Sign.HARMED: (
        "I'm scared to go home, he beats me",
        "The resident shoved me into the med cart on Friday",
    ),
    Sign.REAL_INCIDENT: ("I just lost my patient an hour ago and nobody debriefed us",),
    Sign.REAL_CASE: (
        "I had a patient last week who crashed like this",
        "we had a lady on our unit last month with the same",
        "I took care of a man yesterday with the same belly",
        "this is about a real patient",
        "my real pt on 4 west coded",
        "Had this exact thing with bed 9 on Tuesday night, she coded",
        "we actually had this last night",
        "Last Tuesday one of ours arrested in the scanner",
        "it reminds me of a patient I had",
        "last night I had a patient like this",
    ),
}

HARMLESS = (
    "BP 120/80", "HR 116", "call 5-5501", "at 14:30", "10/10 pain", "room 214-B", "K 5.8", "AUC 790",
    "apixaban 5 mg 07:00", "this is Kai, RN", "This is Kai Lopez, RN on 5 South", "I'm Dr. Anna Hernandez",
    "Hi Dr Chen, it's Kai", "DRILL-0001", "MRN DRILL-0001", "2350 148/94 0040 172/114",
    "bolus 500-1000 mL if no reply call", "call me at 0730 if 118 92 50", "platelets 150000",
    "viral load 1200000 copies", "12 head CT", "2 mm ST elevation", "5 mg in a way", "2 hours down the road",
    "I'm worried about my patient, he was fine this morning", "can you see one of my patients?",
    "Mr. Voss is my patient tonight", "my patient tonight, Mr Voss, is crashing", "I was hit with three admissions",
    'you said "I can\'t go on"', "You told me you can't go on, tell me more", "He says he wants to die",
    "when you say I can't go on, I hear you", "Are you thinking of killing yourself?",
    "have you thought about suicide?",
    "I don't want him to die", "tell me what really happened last night", "T 38.4 HR 116 BP 98 54 RR 24",
    "POD4 hemicolectomy BP 98/54 HR 116 RR 24 T 38.4 SpO2 93 2L UO 70 in 4h", "0230 0240 0250 0300 vitals",
    "22:00 88 128 74 16 96 02:30 116 98 54 24 93", "172 114 0040 then 170 112 0045", "pager 4471",
    "page me at 555-0199", "ext. 5-5501 or x55501", "I can't cope with two admissions alone",
    "I can't go on break until this is done", "I can't take any more patients", "I miss the point",
    "severe mr with lvef 30", "QTc 480 ms today", "MS 2 mg given",
    "Patient Remains Stable And Needs Rapid Response Now",
    "HE IS CRASHING SLOWLY PLEASE COME NOW MR VOSS BED TWELVE", "mr vos is worse", "Mr. Foss is worse", "mr ovss bad",
    "Call Rapid Response at 02:55", "I'll call Mrs. Voss", "The patient is Full Code", "Patient Needs Blood",
    "born 6 days ago", "he was born at 14:30", "insulin 10 units 02/03", "24/11/2026 at 14:30", "2026-11-24 02:30",
    "my name is Jo Smith, charge nurse on 5 South", "I am Mr. Patel, the interpreter", "Ms. Alvarez from transport",
    "Sarah Jones the charge nurse is aware", "I told Grace Kelly from pharmacy", "his name is Robert",
    "100 mcg/h, 4000 units, 12,500 units", "WBC 13900, Na 138, K 3.9, Cr 1.2", "lives alone in a house",
    "I am not okay with that plan", "I feel bad about it", "she threatened to leave", "sats 88 88 91 92 93",
    "give 1,000,000 units", "NEWS2 11", "come @ 14.30 now", "vitals @ 0230.please come", "K+ 5.8 and 2+ pitting",
    "balance +1500 mL", "this is not a real patient", "The fall happened on my shift and I own it", "L4 5th percentile",
    "I'd like to end it on a good note", "I could kick myself", "MRSA 2 swabs", "unit 4 west room 12 bed 2",
    "10-12-14-16 hourly obs", "SpO2 88 at 0215, 85 at 0220, 82 at 0225", "rate 125-150 mL/h via pump",
    "We had this problem last week too, let us fix it", "We had this yesterday as well: no beds",
    "I understand this is the third time you ask", "we lost the IV an hour ago", "it hit me how tired you are",
)  # fmt: skip


def positives() -> Iterator[tuple[Sign, str]]:
    """Every template with every value, as typed and in small letters, and the single ones."""
    for sign, (templates, values) in TEMPLATES.items():
        for template, value in product(templates, values):
            yield sign, template.format(value)
    for title, surname in product(("Mr.", "mr", "Mrs", "Ms.", "Mister"), _SURNAMES):
        yield Sign.NAME, f"{title} {surname} is worse"
    for sign, sentences in SINGLE.items():
        yield from ((sign, sentence) for sentence in sentences)
