//! English words by meaning. The longest known word counts: "dead pixels" is a fault of the display,
//! though "dead" alone is not.

use super::sense::{Defect, Sense, Words};
use crate::FaultKind;

pub(super) const WORDS: &Words = &[
    (
        Sense::Sound,
        "normal, pass, passed, ok, okay, good, fine, works, working, work, functional, functions, functioning, \
         function, perfect, perfectly, excellent, great, intact, undamaged, unlocked, flawless, \
         flawlessly, pristine, mint, like new, as new, unused, unopened, sealed, never used, \
         never opened, not used, smooth, smoothly, healthy, responsive, responds, responding normally, \
         responds normally, normally, signed out, logged out, properly, \
         usable, shows picture, still shows picture, shows a picture, still displays, fully tested, tested fully, \
         lasts all day, lasts well, lasts fine, lasts ages, operational, nff, fault free, problem free, well, \
         none reported, none known, none noted, none found, \
         none seen, none visible, none apparent, nothing reported, nothing known, nothing noted, nothing found",
    ),
    (Sense::New, "new, brand new"),
    (Sense::Nothing, "no, none, nothing, zero, nil"),
    (
        Sense::Denial,
        "not, without, never, neither, nor, doesnt, does not, dont, do not, isnt, is not, arent, are not, \
         wasnt, was not, hasnt, has not, havent, have not, didnt, did not, free of, free from, has no, \
         have no, has never been, cannot find any, cant find any, cannot see any, cant see any, \
         could not find any",
    ),
    (
        Sense::Inability,
        "cannot, cant, can not, wont, will not, unable to, unable, fails to, fail to, failed to, \
         refuses to, no longer, stopped, not really, not very, not always, not fully, not quite, not so, \
         not all, not every, hardly, barely, couldnt, could not",
    ),
    (Sense::Ability, "can, will, able to"),
    (Sense::Free, "free"),
    (
        Sense::Filler,
        "is, are, was, were, it, its, the, a, an, all, everything, every, each, fully, in, order, \
         condition, shape, state, very, known, otherwise, rest, of, to, device, phone, laptop, tablet, \
         computer, any, found, completely, has, have, been, with, still, on, at, overall, does, do, his, her, their, \
         users, badly, \
         there, this, that, my, other, others, whatsoever, visible, physical, cosmetic, signs, sign, \
         signs of, sign of, and still, so far, as expected, as it should, as they should, as intended, \
         as normal, as designed, like it should, currently, parts, features, functionality, functionally, \
         just, really, i, im, aware of, noticed, detected, reported, quality, level, percent, pct, \
         at all, super, out, both, side, sides, use, for, what, else, be, kind, type, hardware, to be, \
         single, anything, above, over, more than, at least, higher than, minor, slight, slightly, light, lightly, \
         small, tiny, few, a few, several, totally, entirely, utterly, along, bottom, top, left, right, edge, edges, front, \
         corner, corners, middle, centre, center, near, around, across, inner, outer, upper, lower, half, area, one, sent back from client, sent back by client, sent back by customer, \
         sent back from hire, \
         repair cafe, repair shop, fitted, installed, itself, themselves, count, counts, approx, approximately, \
         about, \
         message, messages, msg, spreading, growing, warning, warnings, says, shows, showing, reads, alert, \
         notification, down, couple, a couple, some, only minor, very minor, tests, all tests, diagnostics, \
         diagnostic, diagnostic tests",
    ),
    (Sense::And, "and"),
    (Sense::Or, "or"),
    (Sense::Verified, "tested, checked, know, sure, certain, verified, inspected, confirmed"),
    (Sense::Health, "health, capacity, max capacity, maximum capacity, bh, battery health"),
    (Sense::Cycles, "cycle, cycles, cycle count, charge cycles, charging cycles, battery cycles"),
    (Sense::Below, "below, under, less than, lower than"),
    (
        Sense::Unclear,
        "unknown, unsure, was working, were working, last known working, not tried, untried, never tried, \
         not tested, untested, unchecked, tbd, tba, tbc, idle, na, n a, unclear, spare, pending, \
         unspecified, no idea, cannot tell, cant tell, hard to say, null, not known, to be checked, \
         in use, in stock, in service, deployed, retired, active, inactive, assigned, unassigned, available, \
         ready to deploy, archived, returned, compliant, noncompliant, not compliant, enrolled, in storage, stock, \
         disposed, decommissioned, surplus, to be tested, to be confirmed, to be determined, to be verified, \
         not yet inspected, not inspected, uninspected, not yet tested, \
         not yet checked, not yet known, awaiting inspection, awaiting test, awaiting testing, to be inspected, \
         yet to be tested",
    ),
    (
        Sense::Defect(Defect::BROKEN),
        "not available, unavailable, not detected, not recognised, not recognized, partly, partially, partly works, \
         works partly, mostly works, faulty, defective, damaged, broken, wrong, bad, poor, stuck, loose, fails, \
         failing, failed, \
         missing, worn, unusable, inoperative, malfunctioning, unresponsive, unreliable, distorted, bent, \
         busted, except, except for, apart from, other than, aside from, doesnt work, does not work, \
         worn out, nonfunctional, non functional, non working, wobbly, weak, iffy, sticky, broke, gone, \
         unstable, not turning, not holding",
    ),
    (
        Sense::Defect(Defect::TROUBLE),
        "fail, issue, issues, problem, problems, fault, faults, defect, defects, damage, damages, error, \
         errors, malfunction, malfunctions, flaw, flaws, bug, bugs, trouble, complaints, concerns",
    ),
    (Sense::Defect(Defect::CRACKED), "cracked, shattered, smashed, crack, chipped"),
    (Sense::Defect(Defect::CRACKS), "cracks, chips, chip, hairline crack, hairline cracks"),
    (Sense::Defect(Defect::SCRATCH), "scratch, scratches, scuff, scuffs, scuffing"),
    (Sense::Defect(Defect::SCRATCHED), "scratched, scuffed"),
    (
        Sense::Defect(Defect::FLAW),
        "dent, dents, marks, mark, fungus, dust, rust, \
         corrosion, noise, haze, lag, overheating, crashes, freezes, drops, bends, stains, blemishes, wear, \
         dead spots, bumps, imperfections, lines, spots, line, spot, white spot, white spots, bright spot, \
         bright spots, black spot, black spots, dark spot, dark spots",
    ),
    (
        Sense::Defect(Defect::UNWELL),
        "dented, slow, slowly, blurry, overheats, freezing, restarts, rebooting, \
         reboots, shuts down, shuts off, powers off, turns off, powers down, sometimes, occasionally, \
         intermittent, intermittently, randomly, hot pixel, hot pixels, laggy, crackling, crashing, \
         boot loop, bootloop, flickering, glitches, glitchy, foggy, hot, crackles, buzzes, rattles, squeaks, \
         jammed, jams, crackle, crackly, shakes, shaking, quiet, faint, muffled, dim, flat, blank, drifts, stick, \
         sticks, sticking, stiff, hazy",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Ports)),
        "only charges, charges only, only charges at an angle, charges only at an angle, charges at an angle, slow charging",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Camera)),
        "wont focus, doesnt focus, does not focus, not focusing, not focussing, cant focus, cannot focus, no focus, \
         out of focus, hunts for focus",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Shutter)),
        "does not fire, doesnt fire, wont fire, not firing, misfires",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Lens)),
        "wont extend, doesnt extend, does not extend, not extending, wont retract, doesnt retract, does not retract, \
         not retracting",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Dead)),
        "dead, bricked, no sign of life, no signs of life, no sign of life on charger, no life, \
         not switching on, not turning on, not powering on, not starting, not booting, not starting up, not booting up",
    ),
    (
        Sense::Defect(Defect::of(FaultKind::Water)),
        "water, liquid, coffee spill, spill, spilled, spilt, spillage, dropped in water, dropped in bath, \
         dropped in the bath, dropped in a river, dropped in the sea, dropped in \
         toilet, fell in water, in the bath, in the sink, in the pool, in the sea, in the toilet, \
         in the washing machine, got wet, wet, water damage, water damaged, liquid damage, liquid damaged, moisture, \
         \
         water damages, lci triggered, lci tripped, lci red",
    ),
    (
        Sense::Defect(Defect::of(FaultKind::Audio)),
        "cant hear, cannot hear, cant hear me, cannot hear me, cant hear the caller, cannot hear the caller, \
         cant hear callers, cannot hear callers, cant be heard",
    ),
    (
        Sense::Defect(Defect::of(FaultKind::Biometrics)),
        "face id disabled, touch id disabled, face id unavailable, touch id unavailable",
    ),
    (
        Sense::Defect(Defect::of(FaultKind::Display)),
        "pixel, pixels, dead pixel, dead pixels, stuck pixel, stuck pixels, flicker, flickers, burn, \
         burn in, burnin, screen yellowing, yellowing screen, yellow tint, screen discoloured, screen discolored, \
         screen discolouration, ghosting, ghost touch, black screen, lines on display, lines on screen, \
         lines on the screen, lines coming on display, lines coming on screen, lines coming on the screen, lines coming, line on display, \
         green line, green lines, discoloration, black line, black lines, white line, \
         white lines, bright line, \
         bright lines, vertical line, vertical lines, horizontal line, horizontal lines, pink line, pink lines, \
         coloured lines, colored lines, bleed, bleeding, backlight bleed, backlight bleeding, light bleed, no touch, \
         screen burn, display black, screen black, display is black, screen is black, display blank, screen blank, \
         stays black, goes black, half black, all black, dark patch, dark patches, black patch, black patches, white patch, white patches, bright patch, bright patches",
    ),
    (
        Sense::Defect(Defect::rather(FaultKind::Battery)),
        "swollen, swelling, bloated, drains, drains fast, bulging, drains quickly, draining, draining fast, draining quickly, draining rapidly, drains rapidly, \
         backup less, backup very less, backup low, backup poor, backup is less, backup is very less, less backup, low backup, poor backup, \
         less battery backup, low battery backup, not lasting long,  runs down, runs down fast, \
         runs down quickly, goes flat, going flat, goes flat quickly, \
         runs flat, dies, dies quickly, dies fast, runs out quickly, runs out fast, doesnt last, does not last, \
         wont last, only lasts, lasts half a day, lasts half day, lasts about, lasts less than, lasts under, \
         barely lasts, lasts a few hours, lasts a couple of hours, lasts two hours, lasts minutes, \
         needs charging twice, needs charging daily, needs charging often, needs charging every, \
         needs charging all, needs constant charging, needs frequent charging, needs recharging, \
         lasts only, lasts an hour, low capacity, degraded, not holding charge, not holding a charge",
    ),
    (
        Sense::Defect(Defect::of(FaultKind::Account)),
        "dont have the password, dont have the passcode, do not have the password, do not have the passcode, \
         dont know the password, \
         dont know the passcode, forgotten passcode, forgot the passcode, forgot the password, password unknown, \
         pin unknown, icloud on, icloud still on, still on icloud, still on somebodys icloud, still on someones icloud, \
         cannot get past activation, cant get past activation, cannot get past it, cant get past it,  find my on, find my still on, find my enabled, fmi on, \
         passcode locked, passcode unknown, \
         signed in, still signed in, logged in, still logged in, not signed out, not logged out, locked, lock, \
         locks, icloud lock, activation lock, icloud locked",
    ),
    (
        Sense::Repair(None),
        "replaced, replacement, replacements, changed, repaired, repair, repairs, refurbished, swapped, \
         fixed, refurb, reconditioned, opened, replacing, serviced, rebuilt, third party, aftermarket, non genuine, \
         not genuine, non original, unknown part, \
         opened up, taken apart",
    ),
    (
        Sense::Original,
        "original, genuine, oem, never opened or repaired, never repaired or opened, never been opened or repaired, \
         never been repaired or opened, not opened or repaired, never opened up",
    ),
    (
        Sense::Yet,
        "need, needs, needed, requires, required, should, must, needs to be, need to be, has to be, \
         should be, must be, ought, require, due for, service, service recommended, needs service",
    ),
    (
        Sense::Doubt,
        "maybe, probably, perhaps, possibly, might, seem, seems, seems to be, appears, appears to be, \
         may, assume, presumably, apparently, think, guess, likely, could be",
    ),
];
